"""The day a trait tells, at that time where the person lives; once for each occasion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hourglass.journeys.ways.reading import read_entry
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey

BIRTHDAY = journey("birthday", {"date": "birthday", "yearly": True, "at": "10:00"})


def until(lobby: Lobby, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> list[str]:
    """Let time pass up to that moment (UTC); who is inside by then."""
    lobby.tick(datetime(year, month, day, hour, minute, tzinfo=UTC) - lobby.clock.now())
    return lobby.inside("birthday")


def test_a_birthday_comes_at_ten_where_the_person_lives(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, BIRTHDAY)
    lobby.known("anna", birthday="1990-03-05", timezone="Asia/Tokyo")
    lobby.known("boris", birthday="1985-03-05T00:00:00Z", timezone="Europe/Berlin")
    lobby.known("clara", birthday="1970-03-05")
    lobby.known("dina", birthday="--03-05", timezone="Mars/Olympus")
    lobby.known("egor", birthday="1990-03-06")
    lobby.known("fedor", birthday="in spring")
    assert until(lobby, 2026, 3, 5, 0, 59) == []
    assert until(lobby, 2026, 3, 5, 1, 1) == ["anna"]
    assert until(lobby, 2026, 3, 5, 5, 1) == ["anna", "clara", "dina"]
    assert until(lobby, 2026, 3, 5, 9, 1) == ["anna", "clara", "dina", "boris"]
    assert until(lobby, 2026, 3, 5, 20) == ["anna", "clara", "dina", "boris"]


@pytest.mark.parametrize(("year", "day"), [(2027, 28), (2028, 29)])
def test_the_29th_of_february_is_the_28th_in_common_years(lobby: Lobby, year: int, day: int) -> None:
    lobby.define(TEMPLATE, BIRTHDAY)
    lobby.known("anna", birthday="1992-02-29")
    until(lobby, year, 2, day, 4)
    assert lobby.inside("birthday") == []
    assert until(lobby, year, 2, day, 6) == ["anna"]
    assert until(lobby, year, 3, 1, 6) == ["anna"]


def test_who_moves_or_corrects_a_birthday_has_it_once_a_year(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, BIRTHDAY)
    lobby.known("anna", birthday="1990-03-05", timezone="Asia/Tokyo")
    assert until(lobby, 2026, 3, 5, 2) == ["anna"]
    lobby.known("anna", timezone="America/Lima")
    assert until(lobby, 2026, 3, 5, 23) == ["anna"]
    lobby.known("anna", birthday="1990-03-07")
    assert until(lobby, 2026, 3, 8) == ["anna"]
    until(lobby, 2027, 3, 7)
    assert until(lobby, 2027, 3, 8) == ["anna", "anna"]


def test_days_before_and_after_a_date(lobby: Lobby) -> None:
    lobby.define(
        TEMPLATE,
        journey("before", {"date": "visit", "offset": "-3d", "at": "09:00"}),
        journey("after", {"date": "visit", "offset": "1w", "at": "09:00"}),
    )
    lobby.known("anna", visit="2026-03-10")
    lobby.known("boris", visit="2025-03-10")
    seen: dict[str, str] = {}
    for _ in range(20):
        lobby.tick(timedelta(days=1))
        for key in ("before", "after"):
            if lobby.inside(key) == ["anna"]:
                seen.setdefault(key, f"{lobby.clock.now():%m-%d}")
    assert seen == {"before": "03-07", "after": "03-17"}
    assert lobby.inside("before") == lobby.inside("after") == ["anna"]


def test_nobody_has_an_occasion_of_before_the_journey_was_live(lobby: Lobby) -> None:
    lobby.known("anna", birthday="1990-03-01", timezone="Etc/UTC")
    lobby.define(TEMPLATE, BIRTHDAY)
    assert until(lobby, 2026, 3, 1, 23) == []


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"date": "birthday", "offset": "2h"}, "entry.offset"),
        ({"date": "birthday", "offset": "400d"}, "entry.offset"),
        ({"date": "birthday", "at": "noon"}, "entry.at"),
        ({"date": ""}, "entry.date"),
        ({"date": "birthday", "existing": True}, "entry.existing"),
        ({"event": "X", "date": "birthday"}, "entry"),
        ({"segment": "vip", "on": "joined"}, "entry.on"),
        ({"segment": "vip", "on": "left", "existing": True}, "entry.existing"),
        ({"product": "sold"}, "entry.product"),
        ({"product": "new", "by": 5}, "entry.by"),
        ({"product": "price_drop", "by": "much"}, "entry.by"),
        ({"product": "price_drop", "interested": {"liked": "3d"}}, "entry.interested"),
        ({"order": "lost"}, "entry.order"),
        ({"api": False}, "entry"),
        ({"api": True, "throttle": "fast"}, "entry.throttle"),
        ([], "entry"),
    ],
)
def test_what_is_no_entry_is_refused_with_its_place(entry: Any, path: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_entry(entry)
    assert refused.value.path == path
