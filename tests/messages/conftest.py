from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hourglass.kernel import FixedClock
from hourglass.postgres import Database
from tests.channels.scripted_smtp import Script, smtp_server
from tests.messages.shop import NOW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop with one template and nobody in it."""
    return Shop(database)


@pytest.fixture
async def mta() -> AsyncIterator[Script]:
    async with smtp_server() as script:
        yield script


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)
