"""A campaign to many goes out only as the large mailboxes ask."""

from __future__ import annotations

from datetime import datetime

import pytest

from hourglass.campaigns import read_campaign, refuse_unready
from hourglass.campaigns.sends.rules import Rules
from hourglass.kernel import Conflict, Settings, WorkspaceId
from hourglass.messages import DomainReport
from hourglass.messages.domains.words import say
from hourglass.postgres import Database
from tests.campaigns.desk import LETTER, Desk
from tests.messages.shop import NOW, days

SETTINGS = Settings(smtp_url="smtp://mail.shop.example", mail_from="Shop <news@shop.example>")


class Looked:
    """What DNS says, and whether it was asked."""

    def __init__(self, code: str) -> None:
        self.finding = say("dmarc", code, domain="shop.example", policy="reject")
        self.times = 0

    def __call__(
        self, database: Database, workspace_id: WorkspaceId, settings: Settings, now: datetime
    ) -> DomainReport:
        self.times += 1
        return DomainReport(domain="shop.example", at=now, findings=[self.finding])


def ask(desk: Desk, look: Looked, settings: Settings = SETTINGS, **changes: object) -> None:
    desk.define({**LETTER, **changes})
    refuse_unready(desk.database, desk.workspace, "spring", settings, NOW, look)


def test_a_large_one_without_dmarc_is_refused_with_what_to_do(desk: Desk) -> None:
    desk.readers_many(1000)
    with pytest.raises(Conflict) as told:
        ask(desk, Looked("dmarc_missing"))
    assert "DMARC" in told.value.sentence
    [problem] = told.value.more["problems"]
    assert problem["advice"]["ru"]


def test_a_large_one_that_keeps_the_rules_may_go(desk: Desk) -> None:
    desk.readers_many(1000)
    look = Looked("dmarc_good")
    ask(desk, look)
    assert look.times == 1


def test_a_small_one_does_not_wait_for_dns(desk: Desk) -> None:
    desk.readers_many(999)
    look = Looked("dmarc_missing")
    ask(desk, look)
    assert look.times == 0


def test_of_a_condition_everybody_with_an_address_counts(desk: Desk) -> None:
    desk.readers_many(1000)
    with pytest.raises(Conflict):
        ask(desk, Looked("dmarc_missing"), segment=None, when={"trait": "email", "op": "exists"})


@pytest.mark.parametrize("settings", [Settings(smtp_url="smtp://127.0.0.1:2525", inbox_port=2525)])
def test_the_development_inbox_may_get_anything(desk: Desk, settings: Settings) -> None:
    desk.readers_many(1000)
    ask(desk, Looked("dmarc_missing"), settings)


def test_a_shop_that_annoys_sends_no_campaign_at_all(desk: Desk) -> None:
    desk.readers_many(1200)
    desk.send()
    desk.advance()
    desk.hand_over()
    desk.run("UPDATE messages SET complained_at = sent_at WHERE id IN (SELECT id FROM messages LIMIT 10)")
    desk.run("DELETE FROM segment_members WHERE profile_id > 5")
    with pytest.raises(Conflict, match="reported as spam"):
        ask(desk, Looked("dmarc_good"))


DAILY = {"every": "day", "at": "15:00"}
FIRST, SECOND = NOW + days(1 / 8), NOW + days(9 / 8)


def test_each_edition_is_asked_and_stops_with_what_to_do(desk: Desk) -> None:
    desk.readers_many(1000)
    desk.send(schedule=DAILY)
    desk.advance(FIRST, rules=Rules(SETTINGS, Looked("dmarc_good")))
    assert desk.standing(FIRST).state == "sending"
    desk.hand_over()
    desk.advance(FIRST)
    desk.advance(SECOND, rules=Rules(SETTINGS, Looked("dmarc_missing")))
    now = desk.standing(SECOND)
    assert (now.state, now.edition, now.recipients) == ("paused", 2, 0)
    assert now.problem is not None
    assert "DMARC" in now.problem["en"]
    assert "DMARC" in now.problem["ru"]


def test_a_person_may_let_a_stopped_edition_go(desk: Desk) -> None:
    desk.readers_many(1000)
    desk.send(schedule=DAILY)
    unready = Rules(SETTINGS, Looked("dmarc_missing"))
    desk.advance(FIRST, rules=unready)
    desk.tell("resume", 1)
    desk.advance(FIRST, rules=unready)
    now = desk.standing(FIRST)
    assert (now.state, now.recipients, now.problem) == ("sending", 1000, None)


def test_who_sends_anyway_is_not_asked_again(desk: Desk) -> None:
    desk.readers_many(1000)
    desk.send(anyway=True, schedule=DAILY)
    look = Looked("dmarc_missing")
    desk.advance(FIRST, rules=Rules(SETTINGS, look))
    assert (desk.standing(FIRST).state, look.times) == ("sending", 0)


def test_what_was_planned_for_later_is_asked_when_it_begins(desk: Desk) -> None:
    desk.readers_many(1000)
    desk.send(schedule={"at": "2026-03-03T10:00"})
    desk.advance(NOW + days(1), rules=Rules(SETTINGS, Looked("dmarc_missing")))
    assert desk.standing(NOW + days(1)).state == "paused"


def test_what_leaves_now_was_asked_a_moment_ago(desk: Desk) -> None:
    desk.readers_many(1000)
    desk.send()
    look = Looked("dmarc_missing")
    desk.advance(rules=Rules(SETTINGS, look))
    assert (desk.standing().state, look.times) == ("sending", 0)


def test_editions_that_begin_together_ask_dns_once(desk: Desk) -> None:
    desk.readers_many(1000)
    look = Looked("dmarc_good")
    rules = Rules(SETTINGS, look)
    campaign = read_campaign(LETTER)
    assert rules.broken(desk.database, desk.workspace, campaign, NOW) == []
    assert rules.broken(desk.database, desk.workspace, campaign, NOW + days(0.003)) == []
    assert look.times == 1
    rules.broken(desk.database, desk.workspace, campaign, NOW + days(0.01))
    assert look.times == 2
