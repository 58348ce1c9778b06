"""An answer for a terminal, as a table or as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

import msgspec
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hourglass.kernel import WorkspaceId
from hourglass.lake import FIRST, Answer, Limits, answering
from hourglass.postgres import Database

SHOWN = 1000
"""Rows a table shows at most; CSV gives all."""

_NARROW = 10


def print_query(
    database: Database,
    data: Path,
    sql: str,
    out: TextIO,
    *,
    csv: bool = False,
    workspace_id: WorkspaceId = FIRST,
    limits: Limits | None = None,
) -> None:
    """Answer a query on a terminal or into a file; raises as `query` does."""
    with answering(database, data, sql, workspace_id=workspace_id, limits=limits) as answer:
        if csv:
            _write_csv(answer, out)
        else:
            _write_table(answer, out)


def _write_csv(answer: Answer, out: TextIO) -> None:
    out.write(_flat(answer.empty).write_csv())
    out.writelines(_flat(frame).write_csv(include_header=False) for frame in answer.frames)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """CSV knows no lists and structs: they become JSON."""
    return frame.with_columns(
        pl.col(name).map_elements(_json, return_dtype=pl.String)
        for name, kind in frame.schema.items()
        if kind.is_nested()
    )


def _write_table(answer: Answer, out: TextIO) -> None:
    console = Console(file=out)
    shown, more = _first(answer.frames)
    # Columns of a few letters are no table: then each row gets a page of its own.
    crowded = len(answer.empty.columns) > console.width // _NARROW
    console.print(_pages(answer.empty, shown) if crowded else _table(answer.empty, shown))
    rows = f"{len(shown):,} row{'' if len(shown) == 1 else 's'}"
    console.print(Text(f"The first {rows}; --csv gives all." if more else rows, style="dim"))


def _first(frames: Iterator[pl.DataFrame]) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows to show, and whether there are more."""
    shown: list[tuple[Any, ...]] = []
    for frame in frames:
        shown += frame.head(SHOWN - len(shown) + 1).rows()
        if len(shown) > SHOWN:
            return shown[:SHOWN], True
    return shown, False


def _table(empty: pl.DataFrame, rows: Sequence[tuple[Any, ...]]) -> Table:
    table = Table(header_style="bold")
    for name, kind in empty.schema.items():
        table.add_column(name, justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _pages(empty: pl.DataFrame, rows: Sequence[tuple[Any, ...]]) -> Table:
    table = Table("column", "value", header_style="bold")
    for row in rows:
        for name, value in zip(empty.columns, row, strict=True):
            table.add_row(name, _cell(value))
        table.add_section()
    return table


def _cell(value: Any) -> Text:
    if value is None:
        return Text("∅", style="dim")
    if isinstance(value, datetime):
        return Text(value.isoformat(" ", "milliseconds" if value.microsecond else "seconds"))
    if isinstance(value, date):
        return Text(value.isoformat())
    return Text(_json(value) if isinstance(value, list | dict) else str(value))


def _json(value: Any) -> str:
    return msgspec.json.encode(value.to_list() if isinstance(value, pl.Series) else value).decode()
