"""Batch: so many go on together, or as many as there are when the first has waited long enough."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed

HOUR = timedelta(hours=1)


def journey(batch, *before):
    entry = {"event": "Signed Up"}
    return {"kind": "journey", "key": "walk", "entry": entry, "steps": [*before, {"batch": batch}, {"goal": "on"}]}


def come(shop, *who):
    shop.send(*({"userId": one, "event": "Signed Up"} for one in who))
    shop.tick()


def on(shop):
    rows = shop.rows(
        "SELECT i.value FROM run_steps s JOIN journey_runs r ON r.id = s.run_id"
        " JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id' WHERE s.outcome = 'goal' ORDER BY 1"
    )
    return "".join(row[0] for row in rows)


def test_the_last_one_to_come_takes_all_the_others_along(shop):
    shop.define(journey({"size": 3, "or_after": "1d"}))
    come(shop, "a", "b")
    shop.tick(HOUR)
    assert on(shop) == ""
    come(shop, "c", "d")
    assert on(shop) == "abc"
    shop.tick(23 * HOUR)
    assert on(shop) == "abc", "the next batch began with d"
    shop.tick(HOUR)
    assert on(shop) == "abcd"
    come(shop, *"efghijk")
    assert on(shop) == "abcdefghij"


def test_those_who_come_in_one_tick_by_several_ways_are_one_batch(shop):
    branch = {
        "branch": [{"when": {"entry": "properties.long", "op": "equals", "value": True}, "do": [{"goal": "way"}]}]
    }
    shop.define(journey({"size": 4, "or_after": "1d"}, branch))
    for number in range(6):
        shop.send({"userId": f"u{number}", "event": "Signed Up", "properties": {"long": number % 2 == 0}})
    shop.tick()
    assert shop.rows("SELECT count(*) FROM run_steps WHERE outcome = 'goal' AND detail->>'goal' = 'on'") == [(4,)]
    shop.tick(25 * HOUR)
    assert {run[1] for run in shop.runs()} == {"finished"}


@pytest.mark.parametrize("batch", [{"size": 1, "or_after": "1d"}, {"size": 5}, {"size": 5, "or_after": "2y"}, 7])
def test_a_batch_says_how_many_and_how_long(batch):
    with pytest.raises(Malformed, match=r"how many|how long|span of time"):
        read_journey(journey(batch))
