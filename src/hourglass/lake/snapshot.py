"""Profiles, orders, messages and identities as Delta tables beside the events, for readers from outside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from msgspec import Struct

from hourglass.kernel import Unavailable, monotonic
from hourglass.lake import store
from hourglass.lake.live import IDENTITIES, MESSAGES, ORDERS, PROFILES, LiveTable, read_live
from hourglass.lake.lock import Lock, holding
from hourglass.lake.rewrite import forget_old_files
from hourglass.lake.table import WRITER, folder_of
from hourglass.postgres import Database, Transaction, list_workspaces

_TABLES = (PROFILES, ORDERS, MESSAGES, IDENTITIES)
_PROPERTIES = {
    # As with the events: the log must not remember anything that says who somebody is.
    "delta.dataSkippingStatsColumns": "workspace_id",
    "delta.logRetentionDuration": "interval 1 days",
    "delta.deletedFileRetentionDuration": "interval 1 days",
}


class SnapshotReport(Struct, frozen=True, kw_only=True):
    """Rows written per table."""

    rows: dict[str, int] = {}
    seconds: float = 0.0


def snapshot(database: Database, data: Path, now: datetime) -> SnapshotReport:
    """Write the tables anew, all from one moment, each with its `workspace_id`; whoever reads the old ones may go on.

    Does nothing while somebody else rewrites the lake. Raises Unavailable when the lake cannot be written.
    """
    with holding(database, Lock.REWRITE) as connection:
        return SnapshotReport() if connection is None else _take(database, data, now)


def renew_snapshots(database: Database, data: Path, now: datetime) -> None:
    """Write them anew, if there are any, and leave nothing of the old ones; for one who holds the lock."""
    if any(_exists(folder_of(data, table.name)) for table in _TABLES):
        _take(database, data, now)
        for table in _TABLES:
            forget_old_files(folder_of(data, table.name))


def _take(database: Database, data: Path, now: datetime) -> SnapshotReport:
    started = monotonic()
    rows: dict[str, int] = {}
    with database.transaction() as tx:
        store.same_moment(tx)
        for table in _TABLES:
            rows[table.name] = _write(folder_of(data, table.name), _all_workspaces(tx, table), now)
    return SnapshotReport(rows=rows, seconds=monotonic() - started)


def _all_workspaces(tx: Transaction, table: LiveTable) -> pl.DataFrame:
    frames = [
        read_live(tx, table, workspace.id).select(pl.lit(workspace.id, pl.Int32).alias("workspace_id"), pl.all())
        for workspace in list_workspaces(tx)
    ]
    # Currencies with three decimals in one workspace make the numbers of all a little longer.
    return pl.concat(frames, how="vertical_relaxed")


def _write(folder: Path, frame: pl.DataFrame, now: datetime) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_deltalake(
            folder,
            frame,
            mode="overwrite",
            schema_mode="overwrite",
            configuration=None if _exists(folder) else dict(_PROPERTIES),
            writer_properties=WRITER,
            commit_properties=CommitProperties(custom_metadata={"takenAt": now.isoformat()}),
        )
        DeltaTable(folder).vacuum(dry_run=False, full=True)
    except (OSError, DeltaError) as error:
        raise Unavailable(f"The snapshot in {folder} cannot be written: {error}") from error
    return frame.height


def _exists(folder: Path) -> bool:
    return DeltaTable.is_deltatable(folder)
