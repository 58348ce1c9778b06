"""A shop with a pool of codes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hourglass.postgres import Database
from tests.engine.shop import Shop


@pytest.fixture
def shop(database: Database) -> Iterator[Shop]:
    made = Shop(database)
    yield made
    made.worker.close()
