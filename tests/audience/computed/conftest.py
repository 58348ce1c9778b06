"""A shop whose traits are computed."""

from __future__ import annotations

import pytest

from tests.audience.computed.shop import Shop


@pytest.fixture
def shop(database, data) -> Shop:
    return Shop(database, data)
