"""The scratch: a database beside the workspace's own, on the same server, gone when the backtest is over.

A database rather than a schema, because locks and notifications of PostgreSQL are a database's own: whatever happens
in it, nobody else waits or wakes.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from hourglass.kernel import Unavailable
from hourglass.postgres import Database, Queries, Transaction, connect, migrate

_queries = Queries(Path(__file__).with_name("scratch.sql"))


@contextmanager
def scratch(url: str) -> Generator[Database]:
    """An empty migrated database on the server of `url`. What crashed backtests left there is dropped first.

    Raises Unavailable where this user of PostgreSQL may not create databases.
    """
    with connect(url) as server:
        sweep(server)
        name = str(_queries.scalar(server, "name"))
        try:
            _run(server, "create", name)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unavailable(
                "A backtest works in a database of its own, and this user of PostgreSQL may not create one: "
                "ALTER ROLE ... CREATEDB lets it."
            ) from error
        inside = make_conninfo(url, dbname=name)
        try:
            with connect(inside):  # as long as somebody is in it, nobody sweeps it
                _run(server, "hurry", name)
                migrate(inside)
                database = Database(inside)
                yield database
                database.close()
        finally:
            _run(server, "drop", name)


def sweep(server: Transaction) -> list[str]:
    """Drop what crashed backtests left; the names."""
    names = [str(row[0]) for row in _queries.tuples(server, "forgotten")]
    for name in names:
        with suppress(psycopg.errors.ObjectInUse):
            _run(server, "drop", name)
    return names


def _run(server: Transaction, query: str, name: str) -> None:
    statement = sql.SQL(cast("LiteralString", _queries.sql(query))).format(name=sql.Identifier(name))
    server.execute(statement)
