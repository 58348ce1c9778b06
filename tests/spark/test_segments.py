"""Whole conditions on a real cluster: random trees over random lives, answered as Polars answers them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import answer_all
from hourglass.audience.build.spark import Cluster
from hourglass.lake import flush, look, moved_identities
from hourglass.postgres import Database, list_workspaces
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START, Life
from tests.engine.shop import Shop

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ZONES = ("Asia/Almaty", "America/New_York", "Europe/Belgrade", "EST", "nowhere")
BOUGHT, VIEWED, ADDED, WATCHED = "Order Completed", "Product Viewed", "Product Added", "Lesson Watched"
SHOES = [{"property": "products.category", "op": "equals", "value": "shoes"}]
CLOCKS: dict[str, dict[str, Any]] = {
    "evening": {"event": BOUGHT, "where": [{"property": "at", "op": "hour", "value": "17..23"}]},
    "own evening": {"event": VIEWED, "where": [{"property": "at", "op": "hour", "value": "17..23"}], "local": True},
    "own month": {"event": VIEWED, "since": "this_month", "value": 2, "local": True},
    "own week": {"event": ADDED, "where": SHOES, "since": "this_week", "local": True},
    "own date": {"event": BOUGHT, "measure": {"last": True}, "op": "on", "value": "2026-03-26", "local": True},
    "this week": {"event": VIEWED, "since": "this_week", "until": "today"},
    "weekday": {"event": WATCHED, "measure": {"first": True}, "op": "weekday", "value": ["sat", "sun"]},
    "sequence": {"sequence": [{"event": VIEWED}, {"event": ADDED, "where": SHOES}, {"not": {"event": BOUGHT}}]},
    "birthday": {"trait": "birthday", "op": "birthday_in", "value": 30, "local": True},
}


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=pytest.mark.long)])
def test_spark_answers_what_polars_answers(spark: SparkSession, database: Database, data: Path, seed: int) -> None:
    draw = Random(seed)
    shop = Shop(database)
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.clock.set(START)
    life = Life(shop, draw)
    for _ in range(6):
        life.happen()
    flush(database, data, shop.clock.now())
    for number, zone in enumerate(ZONES):
        traits = {"timezone": zone, "birthday": f"1990-04-{3 * number + 1:02}"}
        shop.send({"type": "identify", "userId": f"u{number + 1}", "traits": traits})
    life.happen()  # some of it waits in the queue still
    documents = {f"s{number}": Documents(draw, START, ()).tree() for number in range(24)} | CLOCKS
    trees = {key: parse_condition(document) for key, document in documents.items()}
    with database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
        identities = moved_identities(tx, workspace.id)
    compiled = compile_conditions(trees, workspace)
    people = everybody(database, workspace.id, compiled.needs.people)
    lake = Lake(picture=look(database, data), workspace=workspace, identities=identities)
    here, there = (
        answer_all(compiled, people, lake, shop.clock.now(), elsewhere=one, reasons=True)
        for one in (None, Cluster(spark))
    )
    differing = [name for name in here.columns if not here[name].equals(there[name])]
    assert not differing, {key: documents[key] for key in differing if key in documents}
    assert sum(0 < here[key].sum() < here.height for key in trees) > 10
    assert 0 < here["own evening"].sum() < here.height
