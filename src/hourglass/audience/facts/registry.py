"""Every fact by its prefix: any module of this folder that defines one is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction

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
    wanted: dict[str, list[str]] = {}
    for column in sorted(columns):
        prefix, _, rest = column.partition(":")
        wanted.setdefault(prefix, []).append(rest)
    for prefix, rests in wanted.items():
        found = FACTS[prefix].read(tx, workspace_id, rests, profile_ids)
        people = people.join(found, on="profile_id", how="left")
    return people
