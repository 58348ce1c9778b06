"""Takes rows out of the table of events so that no file keeps them, one file at a time however large the lake is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import polars as pl
from deltalake import CommitProperties, DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from hourglass.kernel import digest
from hourglass.lake.durable import settle
from hourglass.lake.schema import MONTH
from hourglass.lake.statistics import statistics_of
from hourglass.lake.table import ROW_GROUP, DataFile, data_files, folder_of


def remove_identities(data: Path, table: DeltaTable, identity_ids: Collection[int], now: datetime) -> int:
    """Rewrite the files with rows of these identities and delete the old ones; the number of rows removed.

    Nobody else may write to the table meanwhile: files without a commit are deleted, too.
    """
    folder = folder_of(data)
    gone = pl.col("identity_id").is_in(sorted(identity_ids))
    affected = [(file, rows) for file in data_files(data, table) if (rows := _count(file, gone))]
    if affected:
        table.create_write_transaction(
            [action for file, _ in affected for action in _without(folder, file, gone, now)],
            mode="append",
            schema=table.schema(),
            partition_by=[MONTH],
            commit_properties=CommitProperties(custom_metadata={"erasedAt": now.isoformat()}),
        )
        settle(folder, table)
    forget_old_files(folder)
    return sum(rows for _, rows in affected)


def forget_old_files(folder: Path) -> None:
    """Delete every file that is not part of the table as it is now.

    A reader of this very moment may miss a file and has to begin again; that is the price of being really gone.
    """
    table = DeltaTable(folder)
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)


def _count(file: DataFile, rows: pl.Expr) -> int:
    """How many such rows a file has."""
    return _scan(file).filter(rows).select(pl.len()).collect(engine="streaming").item()


def _without(folder: Path, file: DataFile, gone: pl.Expr, now: datetime) -> list[AddAction | RemoveAction]:
    """Write the file anew without some rows; what the log has to say about it."""
    partition: dict[str, str | None] = {MONTH: file.month}
    old = Path(file.path).relative_to(folder)
    milliseconds = int(now.timestamp() * 1000)
    actions: list[AddAction | RemoveAction] = [RemoveAction(str(old), True, milliseconds, file.size, partition)]
    # A missing identity would be filtered out, too: a comparison with nothing is not true.
    left = _scan(file).filter(~gone.fill_null(value=False))
    path = folder / old.with_name(f"part-00000-{digest(str(old), now.isoformat())}-c000.zstd.parquet")
    left.sink_parquet(path, compression="zstd", compression_level=3, row_group_size=ROW_GROUP)
    if numbers := statistics_of(path):
        size = path.stat().st_size
        actions.append(AddAction(str(path.relative_to(folder)), size, partition, milliseconds, True, numbers))
    else:
        path.unlink()
    return actions


def _scan(file: DataFile) -> pl.LazyFrame:
    return pl.scan_parquet(file.path, glob=False, hive_partitioning=False)
