"""A newsletter with two subjects, from the document to the report: real mails, real events, two languages."""

from __future__ import annotations

from datetime import timedelta
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from hourglass.cli.campaigns.campaigns import CAMPAIGNS
from hourglass.kernel import FixedClock
from tests.campaigns.desk import Desk
from tests.campaigns.loop import Loop
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, until
from tests.messages.worker import delivering, parsed

PEOPLE = 60
PLAIN, WARM = "Lamps at half price", "Evenings are long again"
MINUTES, FOUR_HOURS = timedelta(minutes=1), timedelta(hours=4)


def subjects(mta: Script) -> list[str]:
    return [str(make_header(decode_header(parsed(mta, place)["Subject"]))) for place in range(len(mta.mails))]


async def carried_on(desk: Desk, data: Path, clock: FixedClock, mta: Script) -> None:
    """The thread beside the tick, and a delivery worker, until nothing is left to do now."""
    desk.advance(clock.now())
    async with delivering(desk, data, clock, mta.port):
        await until(lambda: "queued" not in (states := desk.states()) and "claimed" not in states)


async def test_the_better_subject_goes_to_the_rest(
    desk: Desk, loop: Loop, data: Path, mta: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.readers_many(PEOPLE)
    desk.send(variants=[{"name": "plain", "subject": PLAIN}, {"name": "warm", "subject": WARM}],
              test={"share": 50, "for": "4h"})  # fmt: skip
    await carried_on(desk, data, FixedClock(NOW), mta)
    tested = len(mta.mails)
    assert {subject: subjects(mta).count(subject) for subject in (PLAIN, WARM)}.keys() == {PLAIN, WARM}
    assert desk.standing().for_winner == PEOPLE - tested

    people_and_a_scanner_click(desk, loop)
    desk.advance(NOW + FOUR_HOURS - MINUTES)
    assert desk.standing().choice is None
    await carried_on(desk, data, FixedClock(NOW + FOUR_HOURS), mta)
    desk.advance(NOW + FOUR_HOURS)
    assert set(subjects(mta)[tested:]) == {WARM}
    assert sorted(mail.rcpt_tos[0] for mail in mta.mails) == sorted(
        f"p{n + 1}@customers.example" for n in range(PEOPLE)
    )

    monkeypatch.setenv("HOURGLASS_DATABASE_URL", desk.database.url)
    for language, sentences in TOLD.items():
        capsys.readouterr()
        CAMPAIGNS(["report", "spring", "--lang", language], result_action="return_value", exit_on_error=False)
        told = capsys.readouterr().out
        for sentence in sentences:
            assert sentence in told, told


def people_and_a_scanner_click(desk: Desk, loop: Loop) -> None:
    """Three people follow the warm one, none the plain one; a scanner opens every link of those."""
    for place, few, by in (("variants.warm", 3, "human"), ("variants.plain", PEOPLE, "scanner")):
        rows = desk.run("SELECT profile_id FROM messages WHERE step = %(place)s ORDER BY id LIMIT %(few)s",
                        place=place, few=few)  # fmt: skip
        for (person,) in rows:
            loop.tell("Message Clicked", person, 5 * MINUTES, url="https://shop.example/", by=by)
    loop.turn()


TOLD = {
    "en": [
        "Spring: finished, 60 of 60 sent, 0 waiting",
        "No clear winner; “warm” was the best so far by clicks",
        "in the test",
    ],
    "ru": [
        "Spring: завершена, отправлено 60 из 60, ждут 0",
        "остальным уходит вариант «warm» — лучший к концу теста",
        "в тесте",
    ],
}
