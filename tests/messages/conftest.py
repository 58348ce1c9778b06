from __future__ import annotations

import pytest

from hourglass.postgres import Database
from tests.messages.shop import Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop with one template and nobody in it."""
    return Shop(database)
