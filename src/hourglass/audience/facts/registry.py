"""Every fact by its prefix: any module of this folder that defines one is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Database, Transaction

_AT_ONCE = 50_000
_NOT_FACTS = ("fact", "registry")


def _found() -> dict[str, Fact]:
    folder = Path(__file__).parent
    names = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names if name not in _NOT_FACTS]
    return {one.prefix: one for module in modules for one in vars(module).values() if isinstance(one, Fact)}


FACTS = _found()


def read_facts(
    tx: Transaction, workspace_id: WorkspaceId, columns: Collection[str], profile_ids: Sequence[int]
) -> pl.DataFrame:
    """One row for each of these people, with these columns."""
    people = pl.DataFrame({"profile_id": profile_ids}, schema={"profile_id": pl.Int64})
    for fact, rests in _by_fact(columns):
        people = people.join(fact.read(tx, workspace_id, rests, profile_ids), on="profile_id", how="left")
    return people


def read_whole_facts(
    database: Database, workspace_id: WorkspaceId, people: pl.DataFrame, columns: Collection[str]
) -> pl.DataFrame:
    """The same for `people`, who are everybody (`profile_id`), column by column where a fact can be read so."""
    for fact, rests in _by_fact(columns):
        if fact.read_all is not None:
            with database.transaction() as tx:
                found = fact.read_all(tx, workspace_id, rests)
        else:
            pieces: list[pl.DataFrame] = []
            for start in range(0, max(1, people.height), _AT_ONCE):
                ids = people["profile_id"].slice(start, _AT_ONCE).to_list()
                with database.transaction() as tx:
                    pieces.append(fact.read(tx, workspace_id, rests, ids))
            found = pl.concat(pieces)
        people = people.join(found, on="profile_id", how="left", maintain_order="left")
    return people


def _by_fact(columns: Collection[str]) -> list[tuple[Fact, list[str]]]:
    wanted: dict[str, list[str]] = {}
    for column in sorted(columns):
        prefix, _, rest = column.partition(":")
        wanted.setdefault(prefix, []).append(rest)
    return [(FACTS[prefix], rests) for prefix, rests in wanted.items()]
