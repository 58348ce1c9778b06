"""Brings a database to the shape this version needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hourglass.postgres.database import Transaction, connect
from hourglass.postgres.queries import Queries

_FOLDER = Path(__file__).with_name("migrations")
_QUERIES = Queries(Path(__file__).with_name("queries.sql"))


def migrate(url: str) -> list[str]:
    """Apply what is missing and return its names; processes that start together wait for each other."""
    with connect(url) as connection:
        _QUERIES.execute(connection, "wait_for_other_migrations")
        applied = _apply(url)
        _add_first_workspace(connection)
    return applied


def _apply(url: str) -> list[str]:
    import yoyo  # only the process that migrates pays for it

    library: Any = yoyo  # it has no types
    backend = library.get_backend(f"postgresql+psycopg{url[len(urlsplit(url).scheme) :]}")
    try:
        pending = backend.to_apply(library.read_migrations(str(_FOLDER)))
        backend.apply_migrations(pending)
        return [migration.id for migration in pending]
    finally:
        backend.connection.close()


def _add_first_workspace(connection: Transaction) -> None:
    """A new installation has the workspace `default`, number 1."""
    _QUERIES.execute(connection, "add_first_workspace")
