"""Campaigns that repeat: an edition for each occasion, each to those who are there by then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hourglass import campaigns, definitions
from hourglass.campaigns import CampaignReport
from hourglass.kernel import Conflict
from tests.campaigns.desk import LETTER, Desk
from tests.messages.shop import NOW, SHOP

WEEKLY = {"every": "FREQ=WEEKLY;BYDAY=TU;BYHOUR=10;BYMINUTE=0"}
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""The day after `NOW`."""
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)


def occasions(desk: Desk) -> list[datetime]:
    return [row[0] for row in desk.run("SELECT occasion FROM campaign_sends ORDER BY edition")]


def goes_out(desk: Desk, at: datetime) -> None:
    desk.advance(at)
    desk.hand_over()
    desk.advance(at)


def report(desk: Desk, edition: int | None = None) -> CampaignReport:
    with desk.database.transaction() as tx:
        return campaigns.report(tx, desk.workspace, "spring", NOW + 4 * WEEK, edition)


def test_each_edition_goes_to_those_who_are_there_by_then(desk: Desk) -> None:
    desk.reader("anna")
    desk.send(schedule=WEEKLY)
    assert desk.standing().state == "repeating"
    assert desk.standing().next_at == TUESDAY
    goes_out(desk, TUESDAY - timedelta(seconds=1))
    assert desk.states() == {}
    goes_out(desk, TUESDAY)
    desk.reader("boris")
    desk.run("UPDATE messages SET clicked_at = sent_at")
    goes_out(desk, TUESDAY + WEEK)
    now = desk.standing()
    assert (now.state, now.edition, now.sent, now.next_at) == ("repeating", 2, 2, TUESDAY + 2 * WEEK)
    found = report(desk)
    assert [(one.edition, one.at, one.recipients, one.clicked) for one in found.editions] == [
        (2, TUESDAY + WEEK, 2, 0),
        (1, TUESDAY, 1, 1),
    ]
    assert found.all_editions is not None
    assert (found.all_editions.sent, found.all_editions.clicked) == (3, 1)
    assert (report(desk, 1).clicked, report(desk, 1).standing.sent) == (1, 1)
    with pytest.raises(Conflict, match="has no edition 7"):
        report(desk, 7)


def test_what_an_outage_left_out_is_made_up_for_once_or_missed_by_the_grace(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule={"every": "day", "at": "10:00", "grace": "3h"})
    goes_out(desk, TUESDAY + timedelta(days=2, hours=3))
    assert occasions(desk) == [TUESDAY + timedelta(days=2)]
    assert desk.standing().missed == 2
    goes_out(desk, TUESDAY + timedelta(days=4, hours=4))
    assert occasions(desk) == [TUESDAY + timedelta(days=2)]
    assert desk.standing().missed == 4


def test_paused_its_occasions_pass_by_and_one_edition_may_be_stopped_alone(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule=WEEKLY)
    desk.tell("pause")
    goes_out(desk, TUESDAY)
    assert (desk.standing().state, occasions(desk)) == ("paused", [])
    desk.tell("resume")
    goes_out(desk, TUESDAY + HOUR)
    assert occasions(desk) == [], "it was missed, not put off"
    desk.advance(TUESDAY + WEEK)
    desk.tell("cancel", 1)
    desk.advance(TUESDAY + WEEK)
    assert (desk.standing().state, desk.states()) == ("repeating", {"withheld": 1})
    desk.advance(TUESDAY + 2 * WEEK)
    desk.tell("cancel")
    goes_out(desk, TUESDAY + 2 * WEEK)
    assert desk.standing().state == "cancelled"
    assert not desk.advance(TUESDAY + 3 * WEEK)
    with pytest.raises(Conflict, match="cancelled already"):
        desk.tell("pause")


@pytest.mark.parametrize("end", [{"count": 2}, {"until": "2026-03-10"}])
def test_it_ends(desk: Desk, end: dict[str, Any]) -> None:
    desk.reader()
    desk.send(schedule={**WEEKLY, **end})
    for week in range(4):
        goes_out(desk, TUESDAY + week * WEEK)
    assert occasions(desk) == [TUESDAY, TUESDAY + WEEK]
    assert (desk.standing().state, desk.standing().next_at) == ("finished", None)


def test_ten_oclock_stays_ten_oclock_when_the_clocks_change(desk: Desk) -> None:
    desk.run("UPDATE workspaces SET zone = 'Europe/Berlin'")
    desk.reader()
    desk.send(schedule={"every": "week", "on": "sat", "at": "10:00"})
    before, after = datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 4, 4, 8, tzinfo=UTC)
    for at in (before - timedelta(days=21), before - timedelta(days=14), before - WEEK, before, after):
        goes_out(desk, at)
    assert occasions(desk)[-2:] == [before, after]


def test_by_peoples_own_clocks_one_edition_may_begin_before_the_last_one_is_over(desk: Desk) -> None:
    east, west = desk.reader("mika", timezone="Pacific/Auckland"), desk.reader("joe", timezone="Pacific/Honolulu")
    desk.send(schedule={"every": "day", "at": "10:00", "local": True})
    got: list[tuple[int, datetime]] = []
    for hour in range(48):
        desk.advance(at := NOW + hour * HOUR)
        got += [(row[0], at) for row in desk.run("SELECT profile_id FROM messages WHERE state = 'queued'")]
        desk.hand_over()
    first_east, first_west = datetime(2026, 3, 2, 21, tzinfo=UTC), datetime(2026, 3, 3, 20, tzinfo=UTC)
    day = timedelta(days=1)
    assert got == [(east, first_east), (west, first_west), (east, first_east + day)]


def test_what_is_changed_counts_from_the_next_edition(desk: Desk) -> None:
    desk.reader()
    desk.template({"key": "other", "subject": "Another", "html": "<p>Other</p>"})
    desk.send(schedule=WEEKLY)
    goes_out(desk, TUESDAY)
    desk.define({**LETTER, "schedule": WEEKLY, "template": "other"})
    goes_out(desk, TUESDAY + WEEK)
    assert desk.run("SELECT template FROM messages ORDER BY id") == [("hello",), ("other",)]
    desk.define({**LETTER, "schedule": WEEKLY, "state": "archived"})
    assert not desk.advance(TUESDAY + 2 * WEEK)
    assert desk.run("SELECT state FROM campaign_series") == [("over",)]


def test_two_who_look_at_once_make_one_edition(desk: Desk) -> None:
    desk.readers_many(50)
    desk.send(schedule=WEEKLY)
    with ThreadPoolExecutor(2) as pool:
        looks = [pool.submit(desk.advance, TUESDAY) for _ in range(2)]
        for look in looks:
            look.result()
    goes_out(desk, TUESDAY)
    assert occasions(desk) == [TUESDAY]
    assert desk.states() == {"sent": 50}


def test_what_runs_already_is_not_begun_again(desk: Desk) -> None:
    desk.reader()
    desk.send(schedule=WEEKLY)
    with pytest.raises(Conflict, match="going out already"):
        desk.send(schedule=WEEKLY)
    with desk.database.transaction() as tx:
        definitions.remove(tx, SHOP, "campaign", "spring")
    assert not desk.advance(TUESDAY)
