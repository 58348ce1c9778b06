"""The story of the whole year, told once for all tests of the demo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hourglass.demo.retail import Retail, read_retail
from hourglass.demo.story import Dates, Story, tell

END = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def retail() -> Retail:
    return read_retail()


@pytest.fixture(scope="session")
def dates() -> Dates:
    return Dates(since=END - timedelta(days=407), cut=END - timedelta(days=7), end=END)


@pytest.fixture(scope="session")
def story(retail: Retail, dates: Dates) -> Story:
    return tell(retail, dates)


@pytest.fixture(scope="session")
def hour(retail: Retail) -> Story:
    """A day of the data: its last hour live, the rest history."""
    return tell(retail, Dates(since=END - timedelta(days=1), cut=END - timedelta(hours=1), end=END))
