"""Writes the values of everybody, set by set: only what differs, and whoever is gone leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.computed import store
from hourglass.audience.computed.table import Column, documents
from hourglass.kernel import Workspace
from hourglass.postgres import Database

PEOPLE_AT_A_TIME = 50_000


class Written(Struct, frozen=True, kw_only=True):
    """People whose values changed, by family; rows that were removed; people to be looked at again."""

    changed: Mapping[str, int]
    removed: int
    rechecked: int


def write(
    database: Database,
    workspace: Workspace,
    people: pl.DataFrame,
    columns: Sequence[Column],
    tables: Mapping[str, Path],
    now: datetime,
    at_a_time: int = PEOPLE_AT_A_TIME,
) -> Written:
    """`people`: everybody by profile_id; `tables`: the values of each family, sorted by it.

    Each set is a transaction of its own. Whose changed traits a live segment asks about is looked at again now.
    """
    with database.transaction() as tx:
        used = store.used_traits(tx, workspace.id)
    changed: Counter[str] = Counter()
    rechecked = 0
    for part in _parts(people, columns, tables, at_a_time):
        with database.transaction() as tx:
            store.receive(tx, workspace.id, documents(part, columns))
            changed.update(store.changed_families(tx, workspace.id, columns))
            rechecked += store.plan_rechecks(tx, workspace.id, used, now)
            store.put(tx, workspace.id, now)
    with database.transaction() as tx:
        removed = store.remove_gone(tx, workspace.id)
    return Written(changed=changed, removed=removed, rechecked=rechecked)


def _parts(
    people: pl.DataFrame, columns: Sequence[Column], tables: Mapping[str, Path], at_a_time: int
) -> Iterator[pl.DataFrame]:
    """The people piece by piece with all their values, each column named like its trait."""
    ids = people.select("profile_id").sort("profile_id")
    for start in range(0, ids.height, at_a_time):
        part = ids.slice(start, at_a_time)
        low, high = part["profile_id"][0], part["profile_id"][-1]
        for family, path in tables.items():
            own = {column.name: column.trait for column in columns if column.family == family}
            rows = pl.scan_parquet(path).filter(pl.col("profile_id").is_between(low, high)).rename(own)
            part = part.join(rows.collect(), on="profile_id", how="left")
        yield part
