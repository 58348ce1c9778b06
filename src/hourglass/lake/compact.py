"""Keeps the files of the lake few, and removes those that nobody needs any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from deltalake import CommitProperties, DeltaTable, WriterProperties
from deltalake.exceptions import DeltaError
from msgspec import Struct

from hourglass.kernel import Unavailable, monotonic
from hourglass.lake.lock import Lock, holding
from hourglass.lake.schema import MONTH
from hourglass.lake.table import ROW_GROUP, data_files, find_table
from hourglass.postgres import Database


class Band(Struct, frozen=True, kw_only=True):
    """When a month has more than `many` files from `least` up to `below` bytes, they become files of about `target`."""

    least: int
    below: int
    target: int
    many: int = 24


BANDS = (
    Band(least=0, below=4 * 2**20, target=8 * 2**20),
    Band(least=4 * 2**20, below=64 * 2**20, target=128 * 2**20),
)
"""Steps on the way to large files: so a row is rewritten a few times in its life, not with every compaction."""

_WRITER = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROW_GROUP)


class MaintenanceReport(Struct, frozen=True, kw_only=True):
    """What was done: months that were compacted, the files before and after, old files removed."""

    months: tuple[str, ...] = ()
    files_before: int = 0
    files_after: int = 0
    removed: int = 0
    seconds: float = 0.0


def maintenance(database: Database, data: Path, now: datetime, *, bands: Sequence[Band] = BANDS) -> MaintenanceReport:
    """Compact crowded months and drop files past their retention. Cheap when there is nothing to do; call it often.

    Flushing and reading go on meanwhile. Does nothing while somebody else rewrites the lake; raises Unavailable when
    the lake cannot be written.
    """
    with holding(database, Lock.REWRITE) as connection:
        if connection is None:
            return MaintenanceReport()
        try:
            return _maintain(data, now, bands)
        except (OSError, DeltaError) as error:
            raise Unavailable(f"The lake in {data} cannot be compacted: {error}") from error


def _maintain(data: Path, now: datetime, bands: Sequence[Band]) -> MaintenanceReport:
    started = monotonic()
    table = find_table(data)
    if table is None:
        return MaintenanceReport()
    before = len(data_files(data, table))
    months = [month for band in bands for month in _compact(data, table, band, now)]
    # Also what the log never heard of: a process may have died between writing a file and committing it.
    removed = table.vacuum(dry_run=False, full=True)
    return MaintenanceReport(
        months=tuple(sorted(set(months))),
        files_before=before,
        files_after=len(data_files(data, table)),
        removed=len(removed),
        seconds=monotonic() - started,
    )


def _compact(data: Path, table: DeltaTable, band: Band, now: datetime) -> list[str]:
    """Join files in the months that have too many of this band; those months."""
    files = Counter(file.month for file in data_files(data, table) if band.least <= file.size < band.below)
    crowded = sorted(month for month, number in files.items() if number > band.many)
    for month in crowded:
        table.optimize.compact(
            partition_filters=[(MONTH, "=", month)],
            target_size=band.target,
            writer_properties=_WRITER,
            commit_properties=CommitProperties(custom_metadata={"compactedAt": now.isoformat()}),
        )
    return crowded
