from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass.messages.policy.countries import holidays_of
from hourglass.messages.policy.quiet import WEEKDAYS, Quiet

NIGHT = Quiet(start="21:00", end="09:00")
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Almaty",
    "Australia/Lord_Howe",
    "America/St_Johns",
)
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda pair: f"{pair[0]:02}:{pair[1]:02}")
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@pytest.mark.parametrize(("hour", "until"), [(20, None), (21, 33), (23, 33), (3, 9), (9, None)])
def test_quiet_hours_go_over_midnight(hour: int, until: int | None) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    expected = None if until is None else midnight + timedelta(hours=until)
    assert NIGHT.ends(midnight + timedelta(hours=hour), ZoneInfo("UTC")) == expected


def test_quiet_hours_are_those_of_the_recipient() -> None:
    afternoon = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert NIGHT.ends(afternoon, ZoneInfo("Asia/Almaty")) == datetime(2026, 3, 3, 4, tzinfo=UTC)


def test_quiet_hours_survive_the_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # from 02:00 to 03:00 on the 29th of March
    assert NIGHT.ends(datetime(2026, 3, 28, 22, tzinfo=UTC), berlin) == datetime(2026, 3, 29, 7, tzinfo=UTC)
    until_half_past_two = Quiet(start="21:00", end="02:30")  # an hour that is skipped
    assert until_half_past_two.ends(datetime(2026, 3, 28, 22, tzinfo=UTC), berlin) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_does_not_end_in_the_past() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # 02:10 for the second time on the 25th of October
    again = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert Quiet(start="21:00", end="02:30").ends(again, berlin) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_whole_days_and_the_night_behind_them_are_one_stretch() -> None:
    sundays = Quiet(start="21:00", end="09:00", days=("sun",))
    saturday_night = datetime(2026, 3, 7, 22, tzinfo=UTC)
    assert sundays.ends(saturday_night, ZoneInfo("UTC")) == datetime(2026, 3, 9, 9, tzinfo=UTC)


def test_holidays_are_those_of_the_country() -> None:
    quiet, paris = Quiet(holidays=True), ZoneInfo("Europe/Paris")
    bastille = datetime(2026, 7, 14, 10, tzinfo=UTC)
    assert quiet.ends(bastille, paris, holidays_of("FR", 2026)) == datetime(2026, 7, 14, 22, tzinfo=UTC)
    assert quiet.ends(bastille, paris, holidays_of("DE", 2026)) is None
    assert holidays_of("XX", 2026) == holidays_of(None, 2026) == frozenset()
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is the 1st in Paris
    assert quiet.ends(new_year, paris, holidays_of("FR", 2027)) == datetime(2027, 1, 1, 23, tzinfo=UTC)


@given(
    moments,
    clocks,
    clocks,
    st.sampled_from(ZONES),
    st.sets(st.sampled_from(WEEKDAYS), max_size=6),
    st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=5),
)
def test_quiet_always_ends_in_the_future_and_then_it_is_not_quiet(
    now: datetime, start: str, end: str, zone: str, days: set[str], free: set[date]
) -> None:
    if start == end:
        return
    quiet = Quiet(start=start, end=end, days=tuple(days), holidays=True)  # type: ignore[arg-type]
    until = quiet.ends(now, ZoneInfo(zone), free)
    if until is not None:
        assert now < until <= now + timedelta(days=15)
        assert quiet.ends(until, ZoneInfo(zone), free) is None
