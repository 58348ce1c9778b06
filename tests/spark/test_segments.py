"""Whole conditions on a real cluster: random trees over random lives, answered as Polars answers them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import msgspec
import polars as pl
import pytest

from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import answer_all
from hourglass.audience.build.spark import answer_on_spark
from hourglass.lake import flush, look, moved_identities
from hourglass.postgres import Database, list_workspaces
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START, Life
from tests.engine.shop import Shop

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
    life.happen()  # some of it waits in the queue still
    trees = {f"s{number}": parse_condition(Documents(draw, START, ()).tree()) for number in range(24)}
    with database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
        identities = moved_identities(tx, workspace.id)
    compiled = compile_conditions(trees, workspace)
    people = everybody(database, workspace.id, compiled.needs.people)
    lake = Lake(picture=look(database, data), workspace=workspace, identities=identities)
    here = answer_all(compiled, people, lake, shop.clock.now()).sort("subject")
    there = answer_on_spark(compiled, people, lake, shop.clock.now(), spark).sort("subject")
    differing = [key for key in trees if not here[key].equals(there[key])]
    assert not differing, {key: trees[key] for key in differing}
    assert here["due"].cast(pl.Int64).equals(there["due"])
    assert sum(0 < here[key].sum() < here.height for key in trees) > 6
