"""The Delta table of events: found or made, and what a reader needs to know of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import polars as pl
from deltalake import DeltaTable, WriterProperties
from deltalake import Schema as DeltaSchema
from msgspec import Struct

from hourglass.lake.schema import EVENTS, MONTH, PROPERTIES, TABLE_COLUMNS

APPLICATION = "hourglass"
"""Our name in the table's log; beside it stands the number of our last append."""

ROW_GROUP = 131_072
WRITER = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=ROW_GROUP)


class DataFile(Struct, frozen=True, kw_only=True):
    """One Parquet file of the table."""

    path: str
    month: str
    size: int


def folder_of(data: Path, table: str = EVENTS) -> Path:
    """Where a Delta table lies in the data folder."""
    return data.absolute() / "lake" / table


def find_table(data: Path) -> DeltaTable | None:
    """The table of events as it is now; None before the first event."""
    folder = folder_of(data)
    return DeltaTable(folder) if DeltaTable.is_deltatable(folder) else None


def open_table(data: Path) -> DeltaTable:
    """The table of events as it is now, made when it is missing."""
    found = find_table(data)
    if found is not None:
        return _grown(found)
    folder = folder_of(data)
    folder.mkdir(parents=True, exist_ok=True)
    return DeltaTable.create(folder, TABLE_COLUMNS, mode="ignore", partition_by=[MONTH], configuration=dict(PROPERTIES))


def _grown(table: DeltaTable) -> DeltaTable:
    """A table of an earlier version gets the columns that came since; its old rows miss them."""
    lacking = set(TABLE_COLUMNS) - {field.name for field in table.schema().fields}
    if lacking:
        wanted = DeltaSchema.from_arrow(cast("Any", TABLE_COLUMNS.to_frame().to_arrow()).schema)
        table.alter.add_columns([field for field in wanted.fields if field.name in lacking])
    return table


def last_batch(table: DeltaTable | None) -> int:
    """Number of our last append in this version of the table; 0 when there is none."""
    return (table.transaction_version(APPLICATION) if table is not None else None) or 0


def data_files(data: Path, table: DeltaTable) -> list[DataFile]:
    """Every Parquet file of this version of the table."""
    # Not `file_uris()`: it gives folders with a space or a letter like é in the escaped form of a URL.
    folder = folder_of(data)
    actions = pl.DataFrame(table.get_add_actions(flatten=True))
    if not actions.height:
        return []
    rows = actions.select("path", f"partition.{MONTH}", "size_bytes").rows()
    return [DataFile(path=str(folder / path), month=month, size=size) for path, month, size in rows]
