"""Random trees over random lives: live membership is what the oracle says, at every moment that anybody looks."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from hourglass.postgres import Database
from tests.audience.agreement.documents import Documents
from tests.audience.agreement.life import START, Life
from tests.audience.oracle.meaning import holds
from tests.audience.oracle.people import World
from tests.engine.shop import Shop

_SEGMENTS, _LOOKS = 25, 8
ZONES = ("UTC", "Europe/Belgrade", "Asia/Almaty", "America/New_York")


def agree(database: Database, seed: int) -> int:
    """Lives one life; how many (person, segment, moment) cases were compared."""
    draw = Random(seed)
    shop = Shop(database, tick_events=draw.choice((1, 7, 5000)))
    shop.clock.set(START)
    zone = draw.choice(ZONES)
    shop.rows("UPDATE workspaces SET zone = %s RETURNING id", zone)
    segments = _segments(draw)
    life, cases = Life(shop, draw), 0
    shop.define(*({"kind": "segment", "key": key, "when": when} for key, when in segments.items()))
    for _ in range(_LOOKS):
        life.happen()
        world = World(now=shop.clock.now(), zone=zone, segments=segments)
        expected = {
            (person, key)
            for person, known in life.people().items()
            for key, when in segments.items()
            if holds(when, known, world)
        }
        live = _live(shop)
        assert live == expected, _difference(live, expected, segments, life, world)
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


def _difference(
    live: set[tuple[int, str]],
    expected: set[tuple[int, str]],
    segments: dict[str, dict[str, Any]],
    life: Life,
    world: World,
) -> str:
    """The first case on which they do not agree, with all that speaks for either."""
    person, key = min(live ^ expected)
    said = "live only" if (person, key) in live else "oracle only"
    return f"{said}: person {person}, {key} {segments[key]}\nnow {world.now}\n{life.people().get(person)}"


@pytest.mark.parametrize("seed", range(6))
def test_live_is_what_the_oracle_says(database: Database, seed: int) -> None:
    assert agree(database, seed) > 500


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_live_is_what_the_oracle_says_in_the_long_run(database: Database, seed: int) -> None:
    assert agree(database, seed) > 500
