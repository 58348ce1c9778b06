"""The small shop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.shop import Shop


@pytest.fixture
def shop(database) -> Iterator[Shop]:
    made = Shop(database)
    yield made
    made.worker.close()
