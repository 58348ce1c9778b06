from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from hourglass.kernel import FixedClock
from hourglass.postgres import Database
from tests.campaigns.desk import Desk
from tests.campaigns.loop import Loop
from tests.channels.scripted_smtp import Script, smtp_server
from tests.messages.shop import NOW


@pytest.fixture
def desk(database: Database) -> Desk:
    """A marketer's desk: a template, a static list, nobody on it."""
    return Desk(database)


@pytest.fixture
async def mta() -> AsyncIterator[Script]:
    async with smtp_server() as script:
        yield script


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def loop(desk: Desk) -> Iterator[Loop]:
    made = Loop(desk)
    yield made
    made.worker.close()
