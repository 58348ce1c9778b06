"""Throttle: so many in any span of time, first come, first served, whoever asks and however late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.journeys.runs.turns import give_turns
from hourglass.journeys.steps import Run, Turns
from hourglass.kernel import Malformed, ProfileId, RunId, WorkspaceId
from tests.engine.shop import SHOP

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def journey(throttle, **more):
    entry = {"event": "Signed Up"}
    return {
        "kind": "journey",
        "key": "walk",
        "entry": entry,
        "steps": [{"throttle": throttle}, {"goal": "through"}],
        **more,
    }


def through(shop):
    rows = shop.rows("SELECT s.run_id FROM run_steps s WHERE s.outcome = 'goal' ORDER BY s.run_id")
    return [row[0] for row in rows]


def run(number: int, at: datetime = NOON, *, woken: bool = False) -> Run:
    return Run(
        id=RunId(number), journey_id=1, version=1, profile_id=ProfileId(number), correlation="", step="steps[0]",
        moment=at, entered_at=at, entry_seq=number, entry={}, woken=woken,
    )  # fmt: skip


def test_so_many_pass_in_each_hour_and_the_first_come_is_the_first_through(shop):
    shop.define(journey({"at_most": 3, "per": "1h"}))
    for lot in range(2):
        shop.send(*({"userId": f"u{lot}{n}", "event": "Signed Up"} for n in range(4)))
        shop.tick()
    ids = [row[0] for row in shop.rows("SELECT id FROM journey_runs ORDER BY entry_seq")]
    assert through(shop) == ids[:3]
    for passed in (6, 8, 8):
        shop.tick(HOUR)
        assert through(shop) == ids[:passed]
    assert {row[1] for row in shop.runs()} == {"finished"}


def test_after_an_outage_no_more_pass_at_once_and_the_order_stays(shop):
    shop.define(journey({"at_most": 2, "per": "1h"}))
    shop.send(*({"userId": f"u{n}", "event": "Signed Up"} for n in range(7)))
    shop.tick()
    ids = [row[0] for row in shop.rows("SELECT id FROM journey_runs ORDER BY entry_seq")]
    shop.tick(3 * HOUR)
    assert through(shop) == ids[:4], "five fell due meanwhile, and two may pass in this hour"
    shop.tick(HOUR)
    assert through(shop) == ids[:6]
    shop.tick(HOUR)
    assert through(shop) == ids


def test_two_workers_never_give_the_same_turn_twice(database):
    turns = Turns(key="gate", at_most=2, per=HOUR)
    with database.transaction() as first:
        assert give_turns(first, SHOP, 1, turns, [run(1), run(2), run(3)]) == [None, None, NOON + HOUR]
        with database.transaction() as second:
            second.execute(b"SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(Exception, match="lock timeout"):
                give_turns(second, SHOP, 1, turns, [run(4)])
    with database.transaction() as second:
        assert give_turns(second, SHOP, 1, turns, [run(4), run(5)]) == [NOON + HOUR, NOON + 2 * HOUR]
        assert give_turns(second, WorkspaceId(2), 1, turns, [run(6)]) == [None], "another shop counts for itself"


def test_whoever_waited_comes_before_those_who_are_new(database):
    turns = Turns(key="gate", at_most=1, per=HOUR)
    with database.transaction() as tx:
        give_turns(tx, SHOP, 1, turns, [run(1), run(2)])
        later = NOON + 2 * HOUR
        assert give_turns(tx, SHOP, 1, turns, [run(3, later), run(2, later, woken=True)]) == [later + HOUR, None]


def test_a_full_hour_of_the_clock_opens_no_door(database):
    turns, soon = Turns(key="gate", at_most=2, per=HOUR), NOON - timedelta(minutes=5)
    with database.transaction() as tx:
        assert give_turns(tx, SHOP, 1, turns, [run(1, soon), run(2, soon)]) == [None, None]
        assert give_turns(tx, SHOP, 1, turns, [run(3, NOON + timedelta(minutes=1))]) == [soon + HOUR]


@pytest.mark.parametrize("throttle", [{"at_most": 0, "per": "1h"}, {"at_most": 5}, {"at_most": 5, "per": "60d"}, 5])
def test_a_throttle_says_how_many_in_which_time(throttle):
    with pytest.raises(Malformed, match=r"how many|span of time"):
        read_journey(journey(throttle))
