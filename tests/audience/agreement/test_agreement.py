"""Random trees over random lives: live membership, a rebuild from the lake, what previews remember of it, and
the oracle are always one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from hourglass.audience.build.everybody import everybody
from hourglass.audience.build.frames import Lake, whole_lake
from hourglass.audience.build.one_pass import Read, answer_all
from hourglass.audience.build.warm import Warm
from hourglass.audience.live.segments import SegmentCache
from hourglass.audience.tree.compile import DUE
from hourglass.lake import flush, look, maintenance, moved_identities
from hourglass.lake.compact import Band
from hourglass.postgres import Database, list_workspaces
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START, Life
from tests.audience.oracle.meaning import holds
from tests.audience.oracle.people import World
from tests.engine.shop import SHOP, Shop

_SEGMENTS, _LOOKS = 25, 8
_OFTEN = (Band(least=0, below=2**30, target=2**30, many=1),)
ZONES = ("UTC", "Europe/Belgrade", "Asia/Almaty", "America/New_York")


def agree(database: Database, data: Path, seed: int) -> int:
    """Lives one life; how many (person, segment, moment) cases were compared."""
    draw = Random(seed)
    shop = Shop(database, tick_events=draw.choice((1, 7, 5000)))
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.clock.set(START)
    zone = draw.choice(ZONES)
    shop.rows("UPDATE workspaces SET zone = %s RETURNING id", zone)
    segments = _segments(draw)
    life, cases = Life(shop, draw), 0
    warm = Warm(beside=draw.choice((0, 20, 100_000)))
    shop.define(*({"kind": "segment", "key": key, "when": when} for key, when in segments.items()))
    for _ in range(_LOOKS):
        life.happen()
        world = life.world(zone, segments)
        expected = {
            (person, key)
            for person, known in life.people().items()
            for key, when in segments.items()
            if holds(when, known, world)
        }
        live = _live(shop)
        assert live == expected, _difference(live, expected, segments, life, world)
        if draw.random() < 0.5:
            flush(database, data, shop.clock.now())
        if draw.random() < 0.3:
            maintenance(database, data, shop.clock.now(), bands=_OFTEN)
        for read, name in ((whole_lake, "rebuilt: "), (warm.rows, "remembered: ")):
            again = _rebuilt(shop, read)
            assert again == expected, name + _difference(again, expected, segments, life, world)
        cases += len(life.people()) * len(segments)
    return cases


def _segments(draw: Random) -> dict[str, dict[str, Any]]:
    """Later ones may be made of earlier ones."""
    segments: dict[str, dict[str, Any]] = {}
    for number in range(_SEGMENTS):
        segments[f"s{number}"] = Documents(draw, START, tuple(segments)).tree()
    return segments


def _live(shop: Shop) -> set[tuple[int, str]]:
    query = "SELECT m.profile_id, d.key FROM segment_members m JOIN definitions d ON d.id = m.segment_id"
    return {(person, key) for person, key in shop.rows(query)}


def _rebuilt(shop: Shop, read: Read) -> set[tuple[int, str]]:
    """(person, segment) as the files of the lake and its queue have it."""
    with shop.database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
        compiled = SegmentCache().get(tx, workspace).compiled
        identities = moved_identities(tx, SHOP)
    lake = Lake(picture=look(shop.database, shop.settings.data), workspace=workspace, identities=identities)
    people = everybody(shop.database, SHOP, compiled.needs.people)
    answers = answer_all(compiled, people, lake, shop.clock.now(), read=read)
    found = answers.drop(DUE).unpivot(index="subject").filter("value").select("subject", "variable")
    return set(found.rows())


def _difference(
    live: set[tuple[int, str]],
    expected: set[tuple[int, str]],
    segments: dict[str, dict[str, Any]],
    life: Life,
    world: World,
) -> str:
    """The first case on which they do not agree, with all that speaks for either."""
    person, key = min(live ^ expected)
    said = "not the oracle" if (person, key) in live else "only the oracle"
    return f"{said}: person {person}, {key} {segments[key]}\nnow {world.now}\n{life.people().get(person)}"


@pytest.mark.parametrize("seed", range(3))
def test_live_is_rebuilt_is_what_the_oracle_says(database: Database, data: Path, seed: int) -> None:
    assert agree(database, data, seed) > 3000


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 170))
def test_they_are_one_in_the_long_run(database: Database, data: Path, seed: int) -> None:
    assert agree(database, data, seed) > 2000
