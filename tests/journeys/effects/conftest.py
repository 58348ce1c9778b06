"""The small shop, another system, and the calls between them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from hourglass.journeys import Calls
from tests.engine.shop import Shop
from tests.journeys.effects.system import System, running


@pytest.fixture
def shop(database) -> Iterator[Shop]:
    made = Shop(database)
    yield made
    made.worker.close()


@pytest.fixture
def system() -> Iterator[System]:
    with running() as made:
        yield made


@pytest.fixture
def calls(shop, tmp_path) -> Calls:
    settings = msgspec.structs.replace(shop.settings, data=tmp_path, webhook_private=True)
    return Calls(shop.database, shop.clock, settings, draw=lambda: 0.5)
