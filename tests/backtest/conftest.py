"""The small shop, with a history to replay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.backtest.lived import Lived


@pytest.fixture
def lived(database) -> Iterator[Lived]:
    made = Lived(database)
    yield made
    made.worker.close()
