"""The nightly run of computed traits happens in a process of its own, once a night, and goes with the engine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hourglass.audience import computed
from hourglass.engine.nightly import Nightly
from hourglass.postgres import find_workspace

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def nightly(database, data):
    made = Nightly(database, data)
    yield made
    made.stop()


def test_what_is_due_is_computed_beside_the_engine(database, data, nightly) -> None:
    with database.transaction() as tx:
        tx.execute(
            "INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at) "
            "VALUES (1, 7, true, now(), now())"
        )
    nightly.look(NOW)
    process = nightly._process
    assert process.wait(timeout=60) == 0
    with database.transaction() as tx:
        assert tx.execute("SELECT profile_id, traits->>'lifecycle.stage' FROM computed_traits").fetchall() == [
            (7, "lead")
        ]
    with database.transaction() as tx:
        assert not computed.is_due(tx, find_workspace(tx), NOW)


def test_nothing_is_computed_while_the_log_is_being_read(database, nightly) -> None:
    with database.transaction() as tx:
        tx.execute(
            "INSERT INTO event_log (workspace_id, partition, received_at, events, payload) "
            "VALUES (1, 0, now(), 3, '[]')"
        )
    nightly.look(NOW)
    assert nightly._process is None


def test_a_run_goes_with_its_engine(database, nightly) -> None:
    nightly.look(NOW)
    process = nightly._process
    process.stdin.close()  # as when the engine is killed
    assert process.wait(timeout=60) is not None
