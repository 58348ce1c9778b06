"""All computed traits of a workspace in one run: gathered from the lake, computed by family, written in sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import narwhals as nw
import polars as pl
from msgspec import Struct

from hourglass.audience.computed import runs
from hourglass.audience.computed.families import FAMILIES
from hourglass.audience.computed.family import Family, Memory, Skipped
from hourglass.audience.computed.gather import Gathering
from hourglass.audience.computed.sources import Circumstances, Sources
from hourglass.audience.computed.table import Column, as_columns
from hourglass.audience.computed.write import write
from hourglass.kernel import Workspace, monotonic
from hourglass.postgres import Database


class ComputedReport(Struct, frozen=True, kw_only=True):
    """What a run did: people there are, how many of them changed by family, why a family has no values."""

    people: int = 0
    changed: dict[str, int] = {}
    skipped: dict[str, str] = {}
    removed: int = 0
    rechecked: int = 0
    """People whom live segments look at again."""
    seconds: float = 0.0


def compute(database: Database, data: Path, workspace: Workspace, now: datetime) -> ComputedReport:
    """Compute and write the traits of everybody as of now; the note of the run is left for everybody to see.

    Cut short, it leaves people half of whom have new values; the next run brings the rest. Raises Conflict while
    another run is under way, Unavailable when the lake or the database is away.
    """
    runs.claim(database, workspace, now)
    try:
        report, memory = _compute(database, data, workspace, now)
    except BaseException as error:
        runs.give_up(database, workspace, str(error) or type(error).__name__)
        raise
    runs.finish(database, workspace, now, report, memory)
    return report


def _compute(database: Database, data: Path, workspace: Workspace, now: datetime) -> tuple[ComputedReport, Memory]:
    started = monotonic()
    with TemporaryDirectory(prefix="hourglass-traits-") as folder:
        gathering = Gathering(database, data, workspace, now, Path(folder))
        sources, circumstances = gathering.sources()
        memory = runs.memory(database, workspace.id)
        tables: dict[str, Path] = {}
        skipped: dict[str, str] = {}
        for family in FAMILIES:
            try:
                table, learned = _table(family, sources, circumstances, memory)
            except Skipped as reason:
                skipped[family.name] = str(reason)
                continue
            memory = memory if learned is None else learned
            tables[family.name] = Path(folder) / f"{family.name}.parquet"
            table.write_parquet(tables[family.name], row_group_size=50_000)
        written = write(database, workspace, gathering.people, _columns(tables, circumstances, workspace), tables, now)
    report = ComputedReport(
        people=gathering.people.height,
        changed={family.name: written.changed.get(family.name, 0) for family in FAMILIES},
        skipped=skipped,
        removed=written.removed,
        rechecked=written.rechecked,
        seconds=monotonic() - started,
    )
    return report, memory


def _table(
    family: Family, sources: Sources, circumstances: Circumstances, memory: Memory
) -> tuple[pl.DataFrame, Memory | None]:
    """The values of a family by profile_id, and what it wants to remember."""
    frame: pl.LazyFrame = nw.to_native(family.compute(sources, circumstances))
    table = frame.collect(engine="streaming")
    learned = None if family.learn is None else family.learn(table, memory)
    table = table if learned is None else learned.table
    names = [trait.name for trait in family.all_traits(circumstances)]
    return table.select("profile_id", *names).sort("profile_id"), None if learned is None else learned.memory


def _columns(tables: Mapping[str, Path], circumstances: Circumstances, workspace: Workspace) -> list[Column]:
    computed = (family for family in FAMILIES if family.name in tables)
    return [column for family in computed for column in as_columns(family, circumstances, workspace.currency)]
