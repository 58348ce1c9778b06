"""Transactions and named queries against a real server."""

from __future__ import annotations

from hourglass.postgres import Database


def test_a_fresh_database_has_the_first_workspace(database: Database) -> None:
    with database.transaction() as tx:
        assert tx.execute("SELECT id, key, currency, zone FROM workspaces").fetchall() == [(1, "default", "EUR", "UTC")]
