"""Campaigns that people report as spam stop by themselves."""

from __future__ import annotations

from hourglass import campaigns, definitions
from hourglass.campaigns.sends.unwelcome import stop_unwelcome
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW, SHOP, days


def complain(desk: Desk, people: int) -> None:
    desk.run(
        "UPDATE messages SET complained_at = sent_at WHERE id IN (SELECT id FROM messages WHERE sent_at IS NOT NULL"
        " AND complained_at IS NULL LIMIT %(people)s)",
        people=people,
    )


def stop(desk: Desk) -> int:
    with desk.database.transaction() as tx:
        return stop_unwelcome(tx, SHOP)


def resume(desk: Desk) -> None:
    with desk.database.transaction() as tx:
        campaigns.resume(tx, SHOP, "spring")


def test_a_campaign_that_annoys_pauses_and_says_why(desk: Desk) -> None:
    desk.readers_many(3000)
    desk.send()
    desk.advance()
    desk.hand_over(1500)
    complain(desk, 4)
    assert stop(desk) == 0, "a few are no verdict"
    complain(desk, 1)
    assert stop(desk) == 1
    now = desk.standing()
    assert now.state == "paused"
    assert now.problem is not None
    assert "spam" in now.problem["en"]
    assert stop(desk) == 0


def test_a_person_may_let_it_go_on(desk: Desk) -> None:
    desk.readers_many(3000)
    desk.send()
    desk.advance()
    desk.hand_over(1500)
    complain(desk, 20)
    stop(desk)
    resume(desk)
    assert stop(desk) == 0
    assert (desk.standing().state, desk.standing().problem) == ("sending", None)


def test_the_next_edition_of_a_shop_that_annoys_waits_for_a_word(desk: Desk) -> None:
    desk.readers_many(1500)
    desk.send(schedule={"every": "day", "at": "15:00"})
    desk.advance(NOW + days(1 / 8))
    desk.hand_over()
    complain(desk, 10)
    desk.advance(NOW + days(9 / 8))
    now = desk.standing()
    assert (now.state, now.edition, now.recipients) == ("paused", 2, 0)
    assert now.problem is not None
    desk.tell("resume", 2)
    desk.advance(NOW + days(9 / 8))
    assert (desk.standing().state, desk.standing().recipients) == ("sending", 1500)


def test_what_is_removed_before_it_begins_ends(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule={"at": "2026-03-03T10:00"})
    with desk.database.transaction() as tx:
        definitions.remove(tx, SHOP, "campaign", "spring")
    desk.advance(NOW + days(1))
    assert not desk.advance(NOW + days(1))
