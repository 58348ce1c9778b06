"""`hourglass campaigns`, each command once, on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.cli.campaigns.campaigns import CAMPAIGNS
from hourglass.postgres import Database
from tests.campaigns.desk import LETTER, Desk
from tests.cli.conftest import Say, Speak

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    made.reader("anna")
    made.reader("boris")
    made.define(LETTER)
    return made


@pytest.fixture
def say(speak: Speak) -> Say:
    return speak(CAMPAIGNS)


def test_from_sending_to_the_report(desk: Desk, say: Say) -> None:
    assert "ready" in say("list")
    assert say("send", "spring").startswith("Spring: scheduled, 0 of 0 sent")
    desk.run("UPDATE campaign_sends SET due_at = '2026-01-01'")
    desk.advance()
    assert say("pause", "spring") == "Spring: paused, 0 of 2 sent, 2 waiting\n"
    assert say("resume", "spring") == "Spring: sending, 0 of 2 sent, 2 waiting\n"
    desk.hand_over(1)
    assert say("cancel", "spring").startswith("Spring: cancelling, 1 of 2 sent, 0 waiting")
    desk.advance()
    told = say("report", "spring")
    assert "Spring: cancelled, 1 of 2 sent" in told
    assert "the campaign was cancelled first" in told
    assert "0 orders, 0.00 EUR, credited to it" in told


def test_the_report_as_a_page(desk: Desk, say: Say, tmp_path: Path) -> None:
    say("send", "spring")
    desk.run("UPDATE campaign_sends SET due_at = '2026-01-01'")
    desk.advance()
    desk.hand_over(1)
    file = tmp_path / "spring.html"
    assert f"Готово: {file}" in say("report", "spring", "--html", str(file), "--lang", "ru").replace("\n", "")
    assert "Отчёт о рассылке" in file.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_said_plainly(
    desk: Desk, say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say("send", "spring")
    with pytest.raises(SystemExit):
        say("report", "spring", "--html", str(tmp_path / "nowhere" / "spring.html"))
    assert "spring.html: No such file or directory." in capsys.readouterr().err


def test_in_russian(desk: Desk, say: Say) -> None:
    assert "готова" in say("list", "--lang", "ru")
    assert say("send", "spring", "--lang", "ru").startswith("Spring: запланирована, отправлено 0 из 0, ждут 0")
    desk.run("UPDATE campaign_sends SET due_at = '2026-01-01'")
    desk.advance()
    desk.hand_over(1)
    told = say("report", "spring", "--lang", "ru")
    assert "Spring: отправляется, отправлено 1 из 2, ждут 1" in told
    assert "100,0 %" in told
    assert "0 заказов на 0,00 EUR" in told


def test_a_campaign_that_does_not_exist_is_said_plainly(say: Say) -> None:
    with pytest.raises(SystemExit):
        say("send", "autumn")
