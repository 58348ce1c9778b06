"""What the clock on the wall showed when an event happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from hourglass.kernel import WorkspaceId
from hourglass.lake import Picture, scan
from tests.lake.facts import events

ZONES = ["Europe/Belgrade", "America/New_York", "Asia/Almaty", "Asia/Kolkata", "UTC"]
CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),  # Belgrade, spring
    datetime(2025, 10, 26, 1, tzinfo=UTC),  # Belgrade, autumn
    datetime(2026, 3, 8, 7, tzinfo=UTC),  # New York, spring
    datetime(2025, 11, 2, 6, tzinfo=UTC),  # New York, autumn
    datetime(2024, 2, 29, 18, tzinfo=UTC),  # Almaty moves from +06 to +05 for good
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]
MOMENTS = [
    change + step
    for change in CHANGES
    for step in (-timedelta(hours=1), -timedelta(microseconds=1), timedelta(0), timedelta(minutes=61))
]


def moments() -> Picture:
    """A history with an event at each of them."""
    frame = events(len(MOMENTS)).with_columns(at=pl.Series(MOMENTS, dtype=pl.Datetime("us", "UTC")))
    return Picture(files=[], waiting=frame)


@pytest.mark.parametrize("zone", ZONES)
def test_local_is_what_the_clock_showed(zone: str) -> None:
    found = scan(moments(), WorkspaceId(1), ["at", "at_us", "local", "local_us"], zone=zone).collect()
    shown = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in MOMENTS]
    micro, epoch = timedelta(microseconds=1), datetime(1970, 1, 1, tzinfo=UTC)
    assert found["at_us"].to_list() == [(moment - epoch) // micro for moment in MOMENTS]
    assert found["local"].to_list() == shown
    assert found["local_us"].to_list() == [(clock - epoch.replace(tzinfo=None)) // micro for clock in shown]
