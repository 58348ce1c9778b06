"""Random trees over random lives: what is built from the lake is what the ticks arrived at, person by person."""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec
import pytest

from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake
from hourglass.audience.build.one_pass import answer_all
from hourglass.audience.live.segments import SegmentCache
from hourglass.lake import flush, look, moved_identities
from hourglass.postgres import Database, list_workspaces
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START, Life
from tests.engine.shop import SHOP, Shop

_LIVE = "SELECT m.profile_id, d.key FROM segment_members m JOIN definitions d ON d.id = m.segment_id"


def rebuilt(shop: Shop) -> tuple[set[tuple[int, str]], int]:
    """(person, segment) as the lake has it, and how many answers that took."""
    with shop.database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
        compiled = SegmentCache().get(tx, workspace).compiled
        identities = moved_identities(tx, SHOP)
    lake = Lake(picture=look(shop.database, shop.settings.data), workspace=workspace, identities=identities)
    people = everybody(shop.database, SHOP, compiled.needs.people)
    answers = answer_all(compiled, people, lake, shop.clock.now())
    found = answers.drop("due").unpivot(index="subject").filter("value").select("subject", "variable")
    return set(found.rows()), people.height * len(compiled.conditions)


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_the_lake_says_what_the_ticks_say(database: Database, data: Path, seed: int) -> None:
    draw = Random(seed)
    shop = Shop(database, tick_events=draw.choice((7, 5000)))
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.clock.set(START)
    segments = {f"s{number}": Documents(draw, START, ()).tree() for number in range(20)}
    life, cases = Life(shop, draw), 0
    shop.define(*({"kind": "segment", "key": key, "when": when} for key, when in segments.items()))
    for _ in range(6):
        life.happen()
        if draw.random() < 0.5:
            flush(database, data, shop.clock.now())
        live = set(
            shop.rows("SELECT m.profile_id, d.key FROM segment_members m JOIN definitions d ON d.id = m.segment_id")
        )
        found, asked = rebuilt(shop)
        assert found == live, {key: segments[key] for _, key in found ^ live}
        cases += asked
    assert cases > 200
