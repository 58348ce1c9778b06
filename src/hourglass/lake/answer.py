"""What a query answers: columns, and rows piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl
from arro3.core import RecordBatchReader
from msgspec import Struct

from hourglass.kernel import HourglassError, Unavailable
from hourglass.lake.place import explain
from hourglass.lake.reading import Question

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Polars has no type for these; people read them as text anyway.
_AS_TEXT = ("INTERVAL", "TIME WITH TIME ZONE", "UNION", "BIT", "BIGNUM")


class LakeRewritten(Unavailable):
    """A file went away while it was read, because a person is erased."""

    def __init__(self) -> None:
        super().__init__("The lake was rewritten while it was read, because a person is erased; ask again.")


class Answer(Struct, frozen=True, kw_only=True):
    """Columns by name with an empty frame of their types, and the rows; each name is there once."""

    empty: pl.DataFrame
    frames: Iterator[pl.DataFrame]

    def whole(self) -> pl.DataFrame:
        """All rows in one frame."""
        return pl.concat([self.empty, *self.frames])


def answer_of(connection: DuckDBPyConnection, question: Question) -> Answer:
    """Run a question up to its first rows. Raises Malformed where the SQL is wrong, LakeRewritten to be asked again."""
    import duckdb

    try:
        relation = connection.sql(question.sql)
        names = _once_each(relation.columns)
        types = [str(kind) for kind in relation.types]
        if names != relation.columns or any(kind.startswith(_AS_TEXT) for kind in types):
            relation = relation.project(", ".join(map(_column, range(1, len(names) + 1), names, types)))
        stream = RecordBatchReader.from_stream(relation)
        frames = _frames(stream, question)
        first = next(frames, None)
    except duckdb.Error as error:
        raise _explained(question, _with_place(connection, question, error)) from error
    empty = pl.DataFrame(stream.schema.empty_table())
    return Answer(empty=empty, frames=_chain(first, frames))


def _frames(stream: RecordBatchReader, question: Question) -> Iterator[pl.DataFrame]:
    while True:
        try:
            batch = next(stream, None)
        except Exception as error:
            # The stream passes on what DuckDB says as a bare Exception.
            raise _explained(question, str(error)) from error
        if batch is None:
            return
        yield pl.DataFrame(batch)


def _chain(first: pl.DataFrame | None, others: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    if first is not None:
        yield first
        yield from others


def _once_each(names: list[str]) -> list[str]:
    """The same names; one that was there before gets a number."""
    unique: dict[str, None] = {}
    for name in names:
        free, number = name, 1
        while free in unique:
            number += 1
            free = f"{name}_{number}"
        unique[free] = None
    return [*unique]


def _column(place: int, name: str, kind: str) -> str:
    quoted = name.replace('"', '""')
    return f'#{place}{"::VARCHAR" if kind.startswith(_AS_TEXT) else ""} AS "{quoted}"'


def _with_place(connection: DuckDBPyConnection, question: Question, error: Exception) -> str:
    """The same complaint with its place, which a relation does not tell; a wrong query fails before it begins."""
    import duckdb

    if "\nLINE " in str(error):
        return str(error)
    try:
        connection.execute(question.sql)
    except duckdb.Error as again:
        return str(again)
    return str(error)


def _explained(question: Question, error: str) -> HourglassError:
    if "No such file" in error:
        return LakeRewritten()
    return explain(question.written, question.sql, error)
