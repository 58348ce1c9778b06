"""Whoever waits costs nothing until their moment has come, and many who wake at once delay nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import hourglass.journeys
from hourglass.postgres import Queries, plan_by_index
from tests.engine.shop import SHOP, START, Shop

_FOLDER = Path(hourglass.journeys.__file__).parent
QUERIES, QUEUE = Queries(_FOLDER / "runs" / "runs.sql"), Queries(_FOLDER / "entries" / "queue.sql")
_AT_THE_DOOR = b"""
INSERT INTO journey_entrants (workspace_id, journey_id, profile_id, not_before, at, seq, source)
SELECT 1, d.id, 1, %s, %s, 0, 'segment' FROM definitions d, generate_series(1, %s) WHERE d.key = %s
"""
HOUR = timedelta(hours=1)


def waits(key: str, **more: Any) -> dict[str, Any]:
    return {"kind": "journey", "key": key, "entry": {"event": "Never"}, "steps": [{"wait": "1h"}], **more}


def put(shop: Shop, key: str, count: int, due: timedelta) -> None:
    """So many runs that go on after `due`, or went on long ago."""
    with shop.database.transaction() as tx:
        tx.execute(
            b"INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, wake_at, "
            b"entered_at, entry_seq) SELECT 1, d.id, 1, nextval('profile_ids'), 'steps[0]', 'waiting', %s, %s, 0 "
            b"FROM definitions d, generate_series(1, %s) WHERE d.key = %s",
            [START + due, START - HOUR, count, key],
        )


def at_the_door(shop: Shop, key: str, count: int, due: timedelta) -> None:
    with shop.database.transaction() as tx:
        tx.execute(_AT_THE_DOOR, [START + due, START, count, key])


def pages(shop: Shop, query: str, queries: Queries = QUERIES) -> int:
    """How many pages of memory a query of the tick looks at."""
    with shop.database.transaction() as tx:
        ids = [row[0] for row in tx.execute(b"SELECT id FROM definitions WHERE state = 'live'").fetchall()]
        plan_by_index(tx)
        asked = {"workspace_id": SHOP, "journeys": ids, "now": START, "due": START, "most": 5000}
        ((told,),) = tx.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {queries.sql(query)}".encode(), asked
        ).fetchall()
    plan = told[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def looked_at(shop: Shop) -> dict[str, int]:
    asked = (("due", QUERIES), ("next_due", QUERIES), ("take", QUEUE))
    return {name: pages(shop, name, queries) for name, queries in asked}


def test_a_tick_looks_at_no_more_when_more_people_wait(shop: Shop) -> None:
    shop.define(waits("long"), waits("paused", state="paused"))
    put(shop, "long", 100, timedelta(days=9))
    put(shop, "paused", 100, -HOUR)
    at_the_door(shop, "paused", 100, -HOUR)
    few = looked_at(shop)
    put(shop, "long", 20_000, timedelta(days=9))
    put(shop, "paused", 20_000, -HOUR)
    at_the_door(shop, "paused", 20_000, -HOUR)
    many = looked_at(shop)
    assert all(many[query] <= few[query] + 8 for query in few), (few, many)
    assert shop.tick().runs_moved == 0


def test_one_who_is_due_does_not_wait_for_the_many_of_another_journey(shop: Shop) -> None:
    shop.define(waits("crowd"), waits("other"))
    put(shop, "crowd", 6000, -HOUR)
    put(shop, "other", 1, timedelta())
    assert shop.worker.once().runs_moved < 6001
    assert ("other", "finished", None, "") in shop.runs()
    assert shop.tick().runs_moved > 0
    assert {state for _, state, _, _ in shop.runs()} == {"finished"}
