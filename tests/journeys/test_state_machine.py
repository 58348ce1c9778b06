"""Whatever happens, in whatever order: no step twice, none left out without a reason, nobody stuck, nobody woken early.

5,000 different random journeys run against random events, repeats, merges and partings, erasures, new versions,
pauses, jumps of the clock, back and over changes of the clocks, and ticks that break off anywhere. Since the product
moves everybody at once, some seventy of these lives are played side by side in one world, by the same ticks, and each
is judged by itself. When one goes wrong, it is played alone, made smaller as long as it still does, and told.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from random import SystemRandom

import msgspec
import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from structlog.testing import capture_logs

from hourglass.journeys.steps import STEPS
from hourglass.postgres import EmbeddedServer, connect
from tests.journeys.lives.documents import NESTING, PLAIN
from tests.journeys.lives.drawing import drawing, drawn
from tests.journeys.lives.judge import judge
from tests.journeys.lives.life import Life, lives
from tests.journeys.lives.world import World

LIVES, PARTS, LONG = 5_000, 10, 50_000
_SIDE_BY_SIDE, _MOST = 75, 100
_numbers = count(1)
Play = Callable[[Sequence[Life]], dict[int, str]]


@pytest.fixture
def play(server: EmbeddedServer, template: str) -> Play:
    """Plays lives of one script in a database of their own; what was wrong, by their place in the list."""

    def played(some: Sequence[Life]) -> dict[int, str]:
        name = f"world_{next(_numbers)}"
        with connect(server.url) as connection, capture_logs():
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
            world = World(server.url.replace("@/postgres?", f"@/{name}?"), some)
            try:
                world.play()
                return {number - 1: reason for number, reason in judge(world).items()}
            finally:
                world.close()
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    return played


def test_every_kind_of_step_takes_part() -> None:
    assert PLAIN.keys() | NESTING.keys() == STEPS.keys()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_journeys_keep_their_promises(play: Play, part: int) -> None:
    _run(play, part, LIVES // PARTS)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_journeys_keep_their_promises_for_long(play: Play) -> None:
    chosen = SystemRandom().randrange(2**32)
    _run(play, chosen, LONG)


def _run(play: Play, chosen: int, number: int) -> None:
    some_lives = drawn(_lives(chosen, number), chosen, number, Life.journey)
    worlds = list(_worlds(some_lives))
    wrong: dict[bytes, str] = {}
    for some in worlds:
        wrong.update(_found(play, some))
    said = f"Seed {chosen}: {len(some_lives)} different journeys in {len(worlds)} worlds, {len(wrong)} went wrong."
    sys.stdout.write(f"{said}\n")
    assert len(some_lives) == number
    if wrong:
        _tell_the_smallest(play, chosen, number, wrong.keys())
        raise AssertionError(f"Only side by side with others, not alone: {next(iter(wrong.items()))}")


def _found(play: Play, some: Sequence[Life]) -> dict[bytes, str]:
    """What is wrong, by life. What breaks a world is of any of them."""
    try:
        return {_key(some[place]): reason for place, reason in play(some).items()}
    except Exception as error:  # noqa: BLE001 - each of them is played alone then
        return {_key(life): repr(error) for life in some}


def _tell_the_smallest(play: Play, chosen: int, number: int, wrong: Collection[bytes]) -> None:
    """Draws the same lives again; the first that went wrong is played alone, and made smaller."""
    begun = False

    @seed(chosen)
    @settings(drawing(number, Phase.generate, Phase.shrink), report_multiple_bugs=False)
    @given(_lives(chosen, number))
    def alone(life: Life) -> None:
        nonlocal begun
        if begun or _key(life) in wrong:
            found = play([life])
            begun = begun or bool(found)
            assert not found, f"{found[0]}\n{life.told()}"

    alone()


def _worlds(some_lives: Sequence[Life]) -> Iterator[list[Life]]:
    by_script: dict[int, list[Life]] = defaultdict(list)
    for life in some_lives:
        by_script[life.script].append(life)
    for some in by_script.values():
        yield from (some[first : first + _MOST] for first in range(0, len(some), _MOST))


def _lives(chosen: int, number: int) -> SearchStrategy[Life]:
    return lives(chosen * 1000, -(-number // _SIDE_BY_SIDE))


def _key(life: Life) -> bytes:
    return msgspec.json.encode(life, order="sorted")
