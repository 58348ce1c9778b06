"""Answers conditions about many subjects at once from the hot history: people, or runs that count from their entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import polars as pl

from hourglass.audience.columns.own_clock import with_own_clock, with_own_time
from hourglass.audience.facts import read_facts
from hourglass.audience.tree.compile import Compiled
from hourglass.history import EventNames, Wanted, read_history, read_lines
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction


class Asker:
    """Reads what a compiled set of conditions needs about its subjects, and evaluates it."""

    def __init__(self, names: EventNames) -> None:
        self._names = names

    def ask(
        self,
        tx: Transaction,
        workspace_id: WorkspaceId,
        compiled: Compiled,
        subjects: pl.DataFrame,
        now: datetime,
        *,
        reasons: bool = False,
    ) -> pl.DataFrame:
        """`subjects`: subject, profile_id and, where only later events count, after_seq.

        With `reasons` the answer of each leaf comes too, in the columns that `compiled.leaves` names.
        """
        needs, ids = compiled.needs, list(set(subjects["profile_id"].to_list()))
        people = subjects.lazy()
        if needs.people:
            people = people.join(read_facts(tx, workspace_id, needs.people, ids).lazy(), on="profile_id", how="left")
        lives = with_own_clock(people.collect(), now, compiled.zone) if needs.own else None
        names = self._names.known(tx, workspace_id, needs.events)
        wanted = _wanted(compiled, names, needs.event_properties, now)
        events = _told_of(subjects, read_history(tx, workspace_id, ids, wanted), compiled, lives)
        lines = None
        if compiled.of_lines:
            wanted = _wanted(compiled, names, sorted(needs.properties), now, compiled.of_lines)
            lines = _told_of(subjects, read_lines(tx, workspace_id, ids, wanted), compiled, lives)
        return compiled.evaluate(people if lives is None else lives, events, now, names, lines, reasons=reasons)


def _told_of(
    subjects: pl.DataFrame, events: pl.DataFrame, compiled: Compiled, lives: pl.DataFrame | None
) -> pl.LazyFrame:
    """The events of each subject; of a run those after its entry. `lives`: what clocks the subjects have, if asked.

    Lazy to the end: of a handful of people each step costs more than its work.
    """
    found = subjects.lazy().join(events.lazy(), on="profile_id")
    if "after_seq" in subjects.columns:
        found = found.filter(pl.col("seq") > pl.col("after_seq"))
    if compiled.needs.local:
        found = found.with_columns(local_time(compiled.zone))
    return found if lives is None else with_own_time(found, lives)


def local_time(zone: str) -> pl.Expr:
    """What the clock of the workspace showed at each event."""
    return pl.col("at").dt.convert_time_zone(zone).dt.replace_time_zone(None).alias("local")


def _wanted(
    compiled: Compiled,
    names: Mapping[str, int],
    properties: list[str],
    now: datetime,
    only: Collection[str] | None = None,
) -> Wanted:
    windows = {name: window for name, window in compiled.needs.events.items() if only is None or name in only}
    widest = [window for window in windows.values() if window is not None]
    since = now - max(widest) if widest and len(widest) == len(windows) else None
    return Wanted(names=[names[name] for name in windows], since=since, properties=properties)
