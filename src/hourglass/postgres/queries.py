"""Named queries: a stage keeps its SQL in `queries.sql`, and its store runs it by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from hourglass.postgres.arrays import literal_parameters
from hourglass.postgres.database import Transaction
from hourglass.postgres.sql_file import read_sql_file

T = TypeVar("T")


class Queries:
    """The queries of one `.sql` file; each starts with `-- name: its_name` and takes parameters as `:word`."""

    def __init__(self, path: Path) -> None:
        self._sql = {name: text.encode() for name, text in read_sql_file(path).items()}

    def sql(self, name: str) -> str:
        """The text as psycopg takes it (`%(word)s`), for COPY and for statements of the hot path."""
        return self._sql[name].decode()

    def execute(self, tx: Transaction, name: str, /, **parameters: Any) -> int:
        """Run it; the number of rows it touched."""
        return tx.execute(self._sql[name], literal_parameters(parameters)).rowcount

    def tuples(self, tx: Transaction, name: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
        """All rows as tuples."""
        return tx.execute(self._sql[name], literal_parameters(parameters), binary=True).fetchall()

    def rows(self, tx: Transaction, name: str, into: type[T], /, **parameters: Any) -> list[T]:
        """All rows, each made into a struct by column name."""
        cursor = tx.execute(self._sql[name], literal_parameters(parameters), binary=True)
        columns = [column.name for column in cursor.description or ()]
        return msgspec.convert([dict(zip(columns, row, strict=True)) for row in cursor.fetchall()], list[into])

    def one(self, tx: Transaction, name: str, into: type[T], /, **parameters: Any) -> T | None:
        """The first row as a struct, or None."""
        return next(iter(self.rows(tx, name, into, **parameters)), None)

    def scalar(self, tx: Transaction, name: str, /, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        row = tx.execute(self._sql[name], literal_parameters(parameters), binary=True).fetchone()
        return None if row is None else row[0]
