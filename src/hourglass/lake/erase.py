"""Erasure: the one rewrite of what happened. Afterwards no file of the lake holds a row of the person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from msgspec import Struct

from hourglass.kernel import IdentityId, ProfileId, Unavailable, monotonic
from hourglass.lake import store
from hourglass.lake.flush import flush_locked
from hourglass.lake.lock import Lock, waiting_for
from hourglass.lake.rewrite import remove_identities
from hourglass.lake.snapshot import renew_snapshots
from hourglass.lake.table import data_files, find_table
from hourglass.postgres import Database, Transaction


class EraseReport(Struct, frozen=True, kw_only=True):
    """How many rows of events left the lake, of how many persons."""

    persons: int = 0
    rows: int = 0
    seconds: float = 0.0


def erase(
    database: Database,
    data: Path,
    now: datetime,
    *,
    identity_ids: Collection[IdentityId] = (),
    profile_ids: Collection[ProfileId] = (),
) -> EraseReport:
    """Take persons out of every file of the lake: those of `erasures` that are not done yet, and those named here.

    Call it after the transaction that removed them from PostgreSQL, and now and then: it does what a crash left undone,
    and costs nothing when there is nothing to do. Waits for other writers of the lake; raises Unavailable when that
    takes too long or the lake cannot be written.
    """
    started = monotonic()
    with database.transaction() as tx:
        if not (identity_ids or profile_ids or store.open_erasures(tx)):
            return EraseReport()
    with waiting_for(database, Lock.APPEND, Lock.REWRITE) as connection:
        open_ = store.open_erasures(connection)
        people = {*profile_ids, *(erasure.profile_id for erasure in open_)}
        identifiers = {*identity_ids, *(number for erasure in open_ for number in erasure.identity_ids)}
        try:
            rows = _rewrite(connection, data, people, identifiers, now)
            renew_snapshots(database, data, now)
        except (OSError, DeltaError) as error:
            raise Unavailable(f"The lake in {data} cannot be rewritten: {error}") from error
        store.finish_erasures(connection, [erasure.id for erasure in open_], now)
        return EraseReport(persons=len(people), rows=rows, seconds=monotonic() - started)


def _rewrite(connection: Transaction, data: Path, people: set[int], identifiers: set[int], now: datetime) -> int:
    # What waits in the queue goes through the table as well: a frame that a stalled flush still holds in its memory can
    # then no longer be appended, because its number is taken.
    while flush_locked(connection, data, now).more:
        pass
    table = find_table(data)
    if table is None:
        return 0
    return remove_identities(data, table, identifiers | _identities_seen(connection, data, table, people), now)


def _identities_seen(connection: Transaction, data: Path, table: DeltaTable, people: set[int]) -> set[int]:
    """Identities under which the lake saw these persons, less those that live on with somebody else."""
    files = [file.path for file in data_files(data, table)]
    if not people or not files:
        return set()
    events = pl.scan_parquet(files, glob=False, hive_partitioning=False)
    seen = (
        events.filter(pl.col("profile_id").is_in(sorted(people)))
        .select(pl.col("identity_id").unique().drop_nulls())
        .collect(engine="streaming")
    )
    ids: list[int] = seen["identity_id"].to_list()
    return set(ids) - store.living_identities(connection, ids, sorted(people))
