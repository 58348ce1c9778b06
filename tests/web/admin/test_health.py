"""Health says what the door for events would say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from litestar.di import Provide
from litestar.testing import create_test_client

from hourglass import log
from hourglass.events import envelope
from hourglass.kernel import Settings, SystemClock
from hourglass.log import LogWriter
from hourglass.postgres import Database
from hourglass.web.api import health
from tests.web.admin.asking import SHOP, asking


def test_all_well(database: Database) -> None:
    with database.transaction() as tx:
        sealed = envelope("track", {"event": "Product Viewed", "userId": "ann", "messageId": "1"}, historical=False)
        log.append(tx, SHOP, [sealed], datetime.now(UTC) - timedelta(seconds=5), 4)
    with asking(database, [health]) as client:
        answer = client.get("/health")
    assert answer.status_code == 200
    found = answer.json()
    assert found.keys() == {"status", "lag_seconds", "backlog"}
    assert (found["status"], found["backlog"]) == ("ok", 1)
    assert 5 <= found["lag_seconds"] < 60


def test_while_nothing_can_be_stored_it_says_why(database: Database) -> None:
    with asking(database, [health], lambda: "The disk is full.") as client:
        answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "degraded", "reason": "The disk is full.", "lag_seconds": 0.0, "backlog": 0}


def test_with_the_database_away_it_still_answers() -> None:
    away = Database("postgresql://nobody@/nothing?host=/nowhere", patience=0.1)
    given = {"database": away, "clock": SystemClock(), "refusal": None}
    with create_test_client(health, dependencies={name: _given(part) for name, part in given.items()}) as client:
        answer = client.get("/health")
    assert answer.status_code == 503
    found = answer.json()
    assert (found["status"], found["lag_seconds"], found["backlog"]) == ("degraded", None, None)
    assert found["reason"]


def _given(part: object) -> Provide:
    return Provide(lambda: part, sync_to_thread=False)


async def test_the_writer_says_why_it_would_refuse(database: Database, data: Path) -> None:
    data.mkdir()
    roomy, full = (
        LogWriter(database.url, SystemClock(), Settings(data=data, min_free_mb=least)) for least in (0, 10**9)
    )
    assert "database" in (roomy.reason_to_refuse() or ""), "not connected yet"
    for writer in (roomy, full):
        await writer.start()
    assert roomy.reason_to_refuse() is None
    assert "disk" in (full.reason_to_refuse() or "")
    for writer in (roomy, full):
        await writer.close()
