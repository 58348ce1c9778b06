"""The lobby."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hourglass.postgres import Database
from tests.journeys.entries.lobby import Lobby


@pytest.fixture
def lobby(database: Database) -> Iterator[Lobby]:
    made = Lobby(database)
    yield made
    made.worker.close()
