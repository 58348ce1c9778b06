"""Brings a database to the shape this version needs.

Each change is made in one transaction with the note that it was made, so whatever a crash interrupts, the next start
goes on. (yoyo-migrations makes the change on one connection and the note on another.)
"""

from __future__ import annotations

from pathlib import Path

from hourglass.kernel import Conflict
from hourglass.postgres.database import Transaction, connect
from hourglass.postgres.outage import outage_as_unavailable
from hourglass.postgres.queries import Queries

_FOLDER = Path(__file__).with_name("migrations")
_QUERIES = Queries(Path(__file__).with_name("queries.sql"))


def migrate(url: str) -> list[str]:
    """Apply what is missing and return its names; processes that start together wait for each other.

    Raises Conflict when the database is of a newer version.
    """
    with outage_as_unavailable(), connect(url) as connection:
        _QUERIES.execute(connection, "wait_for_other_migrations")
        _QUERIES.execute(connection, "keep_migrations")
        done = {row[0] for row in _QUERIES.tuples(connection, "migrations")}
        known = sorted(_FOLDER.glob("*.sql"))
        _require_not_newer(done, known[-1].stem)
        missing = [path for path in known if path.stem not in done]
        for path in missing:
            with connection.transaction():
                connection.execute(path.read_bytes())
                _QUERIES.execute(connection, "note_migration", name=path.stem)
        _add_first_workspace(connection)
        return [path.stem for path in missing]


def _require_not_newer(done: set[str], newest: str) -> None:
    if (last := max(done, default="")) > newest:
        raise Conflict(
            f"A newer Hourglass has changed this database ({last}; this version knows changes up to {newest}). "
            "Install that version or a later one; or bring back a copy from before."
        )


def _add_first_workspace(connection: Transaction) -> None:
    """A new installation has the workspace `default`, number 1."""
    _QUERIES.execute(connection, "add_first_workspace")
