"""Takes rows out of a Delta table so that no file keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from deltalake import CommitProperties, DeltaTable

from hourglass.lake.durable import settle
from hourglass.lake.table import WRITER


def remove_rows(folder: Path, table: DeltaTable, who: Mapping[str, Collection[int]], now: datetime) -> int:
    """Rewrite the files with rows where a column is one of some numbers, and delete the old files; the rows removed.

    Nobody else may write to the table meanwhile: files without a commit are deleted, too.
    """
    predicate = " OR ".join(
        f"{column} IN ({', '.join(map(str, sorted(numbers)))})" for column, numbers in who.items() if numbers
    )
    if not predicate:
        return 0
    before = table.version()
    rows = table.delete(
        predicate,
        writer_properties=WRITER,
        commit_properties=CommitProperties(custom_metadata={"erasedAt": now.isoformat()}),
    )
    if table.version() != before:
        settle(folder, table)
    forget_old_files(folder)
    return int(rows.get("num_deleted_rows") or 0)


def forget_old_files(folder: Path) -> None:
    """Delete every file that is not part of the table as it is now.

    A reader of this very moment may miss a file and has to begin again; that is the price of being really gone.
    """
    table = DeltaTable(folder)
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)
