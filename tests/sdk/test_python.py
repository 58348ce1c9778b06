"""segment-analytics-python, as it comes from PyPI."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from segment.analytics.client import Client  # pyright: ignore[reportMissingTypeStubs]

from hourglass.postgres import Database
from tests.sdk.calls import assert_understood, by_name
from tests.web.collect.serving import serving


@pytest.mark.parametrize("gzip", [False, True])
def test_the_python_sdk_works_by_changing_its_host(database: Database, data: Path, gzip: bool) -> None:
    faults: list[Any] = []

    def on_error(error: Any, batch: Any) -> None:
        faults.append((error, batch))

    with serving(database, data) as door:
        client: Any = Client(door.key, host=door.url, gzip=gzip, on_error=on_error, max_retries=1)
        client.identify("anna", {"email": "anna@example.com", "city": "Алматы"})
        order = {
            "order_id": "o1",
            "revenue": 18.99,
            "currency": "EUR",
            "products": [{"product_id": "p1", "quantity": 2}],
        }
        client.track("anna", "Order Completed", order)
        client.page(anonymous_id="device-1", name="Home", properties={"url": "https://shop.test/"})
        client.group("anna", "vip", {"plan": "gold"})
        client.alias("device-1", "anna")
        client.track("anna", "Tea Tasted", timestamp=datetime.now(UTC) - timedelta(hours=1))
        client.shutdown()
        events = door.events()
    assert not faults
    assert_understood(events)
    late = by_name(events)["Tea Tasted"]
    assert 3590 < (late.received_at - late.at).total_seconds() < 3660
