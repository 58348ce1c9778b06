from __future__ import annotations

from typing import Any

import pytest

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.journeys import JOURNEY
from hourglass.kernel import NotFound, Workspace
from hourglass.messages import why
from tests.messages.gate.judging import judged
from tests.messages.shop import NOW, SHOP, Shop, days

HERE = Workspace(id=SHOP, key="s", name="Shop", currency="EUR", zone="Asia/Almaty", locale="en")


@pytest.fixture
def journey(shop: Shop) -> int:
    document = {"kind": "journey", "key": "cart", "name": "Cart", "entry": {"event": "Product Added"},
                "steps": [{"wait": "1h"}, {"send": {"channel": "email", "template": "hello"}}]}  # fmt: skip
    with shop.database.transaction() as tx:
        return definitions.put(tx, SHOP, document, kinds=Kinds([JOURNEY]), author="test", now=NOW).id


def ask(shop: Shop, person: str, key: str = "cart") -> Any:
    with shop.database.transaction() as tx:
        return why(tx, HERE, person, "journey", key)


def run(shop: Shop, journey: int, person: int, state: str = "finished", reason: str | None = None) -> int:
    [(number,)] = shop.run(
        "INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, entered_at, ended_at,"
        " end_reason, entry_seq, entry) VALUES (1, %(journey)s, 1, %(person)s, 'steps[1]', %(state)s, %(at)s,"
        " CASE WHEN %(state)s = 'waiting' THEN NULL ELSE %(at)s END, %(reason)s, 1, '{\"event\": \"Product Added\"}')"
        " RETURNING id",
        journey=journey, person=person, state=state, at=NOW - days(0.1), reason=reason,
    )  # fmt: skip
    return number


def test_the_whole_chain_of_a_message_that_was_put_off_and_then_sent(shop: Shop, journey: int) -> None:
    shop.policy(quiet={"email": {"from": "11:00", "until": "13:30"}})
    anna = shop.person()
    run(shop, journey, anna)
    id_ = shop.queue(anna, journey_id=journey)
    judged(shop, id_)
    shop.run("UPDATE messages SET state = 'queued'")
    judged(shop, id_, NOW + days(0.0625))
    shop.run("UPDATE messages SET address = 'anna@customers.example', opened_at = %(at)s", at=NOW + days(1))
    found = ask(shop, f"u{anna}")
    assert [link.code for link in found.chain] == [
        "entered", "finished", "planned", "passed_consent", "passed_frequency_cap", "quiet_hours", "passed_consent",
        "passed_frequency_cap", "passed_quiet_hours", "sent", "opened",
    ]  # fmt: skip
    assert found.summary == {
        "en": "Sent to anna@customers.example and opened",
        "ru": "Отправлено: anna@customers.example. Письмо открыли",
    }
    put_off = found.chain[5]
    assert put_off.words["en"] == (
        "Put off until 2026-03-02 18:30: waits for the end of quiet hours (12:00 UTC · 11:00-13:30)"
    )
    assert put_off.words["ru"].startswith("Отложено до 2026-03-02 18:30: ждёт конца тихих часов")
    assert (put_off.at, put_off.rule) == (NOW, "12:00 UTC · 11:00-13:30")
    assert found.chain[4].words["ru"] == "Проверка пройдена: ограничение частоты (0 / 3 / 7d)"


def test_why_not(shop: Shop, journey: int) -> None:
    anna = shop.person(consent=None)
    judged(shop, shop.queue(anna, journey_id=journey))
    shop.run("UPDATE messages SET reason = answers -> 0 ->> 'reason', detail = answers -> 0 ->> 'detail'")
    found = ask(shop, str(anna))
    assert found.summary["en"] == "Not sent: there is no consent for this topic (email · news)"
    assert [link.code for link in found.chain] == ["planned", "no_consent"]


def test_an_absorbed_person_is_explained_with_whom_they_are_now(shop: Shop, journey: int) -> None:
    loser, winner = shop.person(), shop.person("b@customers.example", None)
    judged(shop, shop.queue(loser, journey_id=journey))
    shop.run("UPDATE profiles SET merged_into = %(winner)s WHERE id = %(loser)s", winner=winner, loser=loser)
    assert (ask(shop, str(loser)).person, ask(shop, str(winner)).chain[0].code) == (winner, "planned")


@pytest.mark.parametrize(
    ("case", "code", "words"),
    [
        ("never", "never_came", "the event “Product Added” never came"),
        ("came", "not_let_in", "“Product Added” came 2 times"),
        ("paused", "not_live", "“Cart” is not live (it is paused)"),
        ("waiting", "nothing_yet", "is in the journey, at steps[1]"),
        ("left", "no_send", "ended before a send"),
    ],
)
def test_that_no_message_was_ever_planned_has_its_reason(
    shop: Shop, journey: int, case: str, code: str, words: str
) -> None:
    anna = shop.person()
    if case == "came":
        shop.run("INSERT INTO event_names (workspace_id, name, first_seen_at) VALUES (1, 'Product Added', now())")
        shop.run("INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, properties)"
                 " SELECT 1, i.id, n.id, %(now)s, g, gen_random_uuid(), '{}' FROM identities i, event_names n,"
                 " generate_series(1, 2) g", now=NOW)  # fmt: skip
    if case == "paused":
        shop.run("UPDATE definitions SET state = 'paused' WHERE kind = 'journey'")
    if case in ("waiting", "left"):
        run(shop, journey, anna, *(("waiting",) if case == "waiting" else ("exited", "exit_condition")))
    found = ask(shop, str(anna))
    assert code in {link.code for link in found.chain}
    assert words in found.summary["en"]
    assert found.summary["ru"] != found.summary["en"]
    if case == "left":
        assert found.chain[1].words["en"] == "Left the journey: its exit condition came true"


def test_who_or_what_is_not_known_is_said(shop: Shop, journey: int) -> None:
    assert journey
    for person, key in (("nobody@customers.example", "cart"), (str(shop.person()), "nothing"), ("9" * 30, "cart")):
        with pytest.raises(NotFound):
            ask(shop, person, key)


def test_who_was_not_among_the_recipients_of_a_campaign(shop: Shop) -> None:
    shop.run("INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at)"
             " VALUES (1, 'campaign', 'spring', 1, 'live', now())")  # fmt: skip
    shop.run(
        "INSERT INTO definition_versions VALUES (1, 'campaign', 'spring', 1, '{\"name\": \"Spring\"}', 'x', now())"
    )
    anna = shop.person()
    with shop.database.transaction() as tx:
        found = why(tx, HERE, str(anna), "campaign", "spring")
    assert [link.code for link in found.chain] == ["not_among"]
    assert found.summary["en"].endswith("was not among the recipients of “Spring”")


def test_what_a_journey_took_back_is_told_although_the_gate_was_never_asked(shop: Shop, journey: int) -> None:
    anna = shop.person()
    shop.queue(anna, journey_id=journey)
    shop.run("UPDATE messages SET state = 'withheld', reason = 'journey_exited'")
    found = ask(shop, str(anna))
    assert found.summary["en"] == "Not sent: the person left the journey first"
    assert [link.code for link in found.chain] == ["planned", "journey_exited"]


@pytest.mark.parametrize(
    ("reason", "says", "russian"),
    [
        ("soft_bounced", "mail to it came back too many times in a row", "почта слишком много раз подряд возвращалась"),
        ("asked by phone", "asked by phone", "asked by phone"),
    ],
)
def test_why_an_address_is_on_the_suppression_list(
    shop: Shop, journey: int, reason: str, says: str, russian: str
) -> None:
    anna = shop.person()
    shop.run("INSERT INTO suppressions (workspace_id, channel, address, reason, at)"
             " VALUES (1, 'email', 'anna@customers.example', %(reason)s, %(now)s)", reason=reason, now=NOW)  # fmt: skip
    judged(shop, shop.queue(anna, journey_id=journey))
    shop.run("UPDATE messages SET state = 'withheld', reason = 'suppressed', detail = %(reason)s", reason=reason)
    found = ask(shop, f"u{anna}")
    assert found.chain[-1].words == found.summary
    assert found.summary == {
        "en": f"Not sent: the address is on the suppression list ({says})",
        "ru": f"Не отправлено: адрес в стоп-листе ({russian})",
    }


@pytest.mark.parametrize(
    ("happened", "says", "last"),
    [
        ({}, "Sent to", "sent"),
        ({"delivered": 1}, "Delivered to", "delivered"),
        ({"delivered": 1, "opened": 2, "clicked": 3}, "and a link in it was clicked", "clicked"),
        ({"opened": 1, "unsubscribed": 2}, "who then unsubscribed", "unsubscribed"),
        ({"delivered": 1, "bounced": 2, "complained": 2}, "who reported it as spam", "complained"),
        ({"bounced": 1, "bounce": "full", "bounce_said": "552 5.2.2 Over quota"},
         "it bounced: the mailbox is full (552 5.2.2 Over quota)", "bounced"),
        ({"delivered": 1, "bounced": 2, "bounce": "no_mailbox"}, "there is no such mailbox", "bounced"),
        ({"bounced": 1, "soft_bounced": 1, "delivered": 2, "bounce": "later"}, "Delivered to", "delivered"),
        ({"bounced": 1, "opened": 2, "bounce": ""}, "and opened", "opened"),
    ],
)  # fmt: skip
def test_the_summary_tells_what_came_of_it_in_the_end(
    shop: Shop, journey: int, happened: dict[str, Any], says: str, last: str
) -> None:
    anna = shop.person()
    shop.queue(anna, journey_id=journey)
    shop.run("UPDATE messages SET state = 'sent', sent_at = %(now)s, address = 'a@b.example'", now=NOW)
    for name, told in happened.items():
        column, value = (
            (name, told) if name.startswith("bounce_") or name == "bounce" else (f"{name}_at", NOW + days(told))
        )
        shop.run(f"UPDATE messages SET {column} = %(value)s", value=value)
    found = ask(shop, str(anna))
    assert says in found.summary["en"]
    assert found.summary["ru"] != found.summary["en"]
    assert found.chain[-1].code == last


def test_a_message_that_left_in_doubt_and_was_opened_is_in_doubt_no_more(shop: Shop, journey: int) -> None:
    anna = shop.person()
    shop.queue(anna, journey_id=journey)
    shop.run("UPDATE messages SET state = 'unknown', reason = 'no_answer', sent_at = %(now)s, address = 'a@b.example',"
             " opened_at = %(now)s", now=NOW)  # fmt: skip
    assert ask(shop, str(anna)).summary["en"] == "Sent to a@b.example and opened"
