"""A schedule lets a segment in, once for each occasion, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hourglass.journeys.entries.sweep import Sweep
from hourglass.journeys.ways.rhythm import read_rhythm
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey

VIP = {"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "equals", "value": True}}
WEEKLY = journey("weekly", {"schedule": {"every": "week", "on": "mon", "at": "10:00"}, "segment": "vip"})
BERLIN = ZoneInfo("Europe/Berlin")


def following(rule: object, after: datetime, count: int, zone: ZoneInfo = BERLIN) -> list[str]:
    """The next moments on the wall clock."""
    rhythm, found = read_rhythm(rule, "entry.schedule"), list[str]()
    for _ in range(count):
        moment = rhythm.after(after, zone)
        assert moment is not None
        after = moment
        found.append(moment.astimezone(zone).strftime("%m-%d %H:%M"))
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"every": "day", "at": "10:00"}, ["03-28 10:00", "03-29 10:00", "03-30 10:00"]),
        ({"every": "day", "at": "02:30"}, ["03-28 02:30", "03-29 03:30", "03-30 02:30"]),
        ({"every": "week", "on": ["mon", "sat"], "at": "09:15"}, ["03-28 09:15", "03-30 09:15", "04-04 09:15"]),
        ({"every": "month", "on": 31}, ["03-31 10:00", "04-30 10:00", "05-31 10:00"]),
        ({"every": "month", "on": "last", "at": 630}, ["03-31 10:30", "04-30 10:30", "05-31 10:30"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=8", ["04-06 08:00", "04-20 08:00", "05-04 08:00"]),
    ],
)
def test_schedules_keep_to_the_wall_clock_when_it_is_moved(rule: object, expected: list[str]) -> None:
    assert following(rule, datetime(2026, 3, 27, 20, tzinfo=UTC), 3) == expected


def test_an_hour_that_comes_twice_is_one_occasion() -> None:
    assert following({"every": "day", "at": "02:30"}, datetime(2026, 10, 24, 12, tzinfo=UTC), 2) == [
        "10-25 02:30", "10-26 02:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"every": "year"}, "s.every"),
        ({"every": "week", "on": "funday"}, "s.on"),
        ({"every": "month", "on": 32}, "s.on"),
        ({"every": "day", "on": "mon"}, "s.on"),
        ({"every": "day", "at": "25:00"}, "s.at"),
        ("FREQ=SECONDLY", "s"),
        ("every monday", "s"),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_place(rule: object, path: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_rhythm(rule, "s")
    assert refused.value.path == path


def test_each_occasion_lets_in_the_members_of_that_moment_once(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, VIP, WEEKLY)
    lobby.known("anna", "boris", vip=True)
    lobby.tick(timedelta(hours=12))
    assert lobby.inside("weekly") == []
    lobby.tick(timedelta(hours=6))  # Monday 2 March, 11:00 in Almaty
    assert lobby.inside("weekly") == ["anna", "boris"]
    lobby.sweep = Sweep()  # as after a crash
    lobby.tick(timedelta(hours=1))
    lobby.known("boris", vip=False)
    lobby.tick(timedelta(days=7))
    assert lobby.inside("weekly") == ["anna", "boris", "anna"]


def test_a_shop_that_was_away_does_not_make_up_for_old_occasions(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, VIP, WEEKLY)
    lobby.known("anna", vip=True)
    lobby.clock.advance(timedelta(days=7, hours=-2))  # Sunday again: six days late
    lobby.tick()
    assert lobby.inside("weekly") == []


def test_what_passed_while_it_was_paused_is_not_made_up_for(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, VIP, WEEKLY | {"state": "paused"})
    lobby.known("anna", vip=True)
    lobby.tick(timedelta(hours=18))
    lobby.define(WEEKLY)
    lobby.tick(timedelta(minutes=1))
    assert lobby.inside("weekly") == []


def test_two_engines_let_nobody_in_twice(lobby: Lobby) -> None:
    parallel = WEEKLY | {"reentry": "parallel"}
    lobby.define(TEMPLATE, VIP, parallel)
    lobby.known("anna", vip=True)
    other = Lobby(lobby.database)
    lobby.clock.advance(timedelta(hours=18))
    other.clock.advance(timedelta(hours=18))
    assert (lobby.look(), other.look()) == (1, 0)
    other.worker.close()
