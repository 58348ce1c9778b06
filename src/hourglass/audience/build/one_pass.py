"""All conditions about everybody, from the lake: each branch is one pass over its own events, then they come together.

After each pass only truths and the next moment of change are kept, so memory does not grow with the number of segments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import polars as pl

from hourglass.audience.build.branches import Branch, branches
from hourglass.audience.build.frames import Lake, Rows, whole_lake
from hourglass.audience.build.known import Known, Later
from hourglass.audience.build.spread import spread
from hourglass.audience.columns.own_clock import with_own_clock, with_own_time
from hourglass.audience.columns.scope import CHANGE_OWN, NOW_OWN
from hourglass.audience.leaves import Leaf
from hourglass.audience.tree.compile import DUE, Compiled, compile_conditions
from hourglass.audience.tree.condition import replace
from hourglass.kernel import Workspace

Read = Callable[[Lake, Branch, datetime], Sequence[Rows]]
Step = Callable[[int, int], None]
"""Told how many passes are done, of how many; it may raise to end the work."""

_LATER = "later"
_WHO = pl.col("subject").cast(pl.Int64)


class Elsewhere(Protocol):
    """Another machine that answers in place of this one."""

    def branches(self, compiled: Compiled, people: int) -> list[Branch]:
        """What it wants to be asked at once; `people` are the rows that a branch may come to have."""
        ...

    def ask(
        self, branch: Branch, lake: Lake, people: pl.DataFrame, now: datetime
    ) -> tuple[pl.DataFrame, dict[str, bool]]:
        """The leaves of a branch, with `due`, for some people at least, and the truths of all others.

        The people have their own clocks where the branch needs them.
        """
        ...


class Whoever:
    """Stands for the people of a pass: whoever has one of its events."""

    def __init__(self, clock: tuple[Any, ...] = ()) -> None:
        self._clock = clock

    def with_columns(self, *clock: Any) -> Whoever:
        """With these clocks."""
        return Whoever(clock)

    def join(self, told: Any, *, on: str, how: str) -> Any:
        """Those who are told of."""
        del on, how
        return told.with_columns(*self._clock)


def answer_all(
    compiled: Compiled,
    people: pl.DataFrame,
    lake: Lake,
    now: datetime,
    step: Step = lambda _done, _total: None,
    *,
    read: Read = whole_lake,
    elsewhere: Elsewhere | None = None,
    reasons: bool = False,
    due: bool = True,
) -> pl.DataFrame:
    """One row a subject of `people`: a truth per condition, and `due`, microseconds from now until one may change.

    `people`: subject and a column for everything in `compiled.needs.people`. With `reasons` each leaf's answer comes
    too, in the columns that `compiled.leaves` names. `read` gives the rows of a branch. Whoever does not ask when
    things change (`due`) has it for less.
    """
    ask = elsewhere.ask if elsewhere else partial(_here, read, due)
    parts = (elsewhere.branches if elsewhere else branches)(compiled, people.height)
    step(0, len(parts) + 1)
    if compiled.needs.own:
        people = with_own_clock(people, now, compiled.zone)
    people = people.sort("subject")
    facts = [*people.get_columns()]
    known: dict[Leaf, Leaf] = {}
    for place, branch in enumerate(parts):
        found, nobody = ask(branch, lake, people, now)
        facts += spread(people["subject"], found.rename({DUE: f"{DUE}{place}"}, strict=False), nobody)
        known |= {leaf: Known(column) for column, leaf in branch.leaves.items()}
        step(place + 1, len(parts) + 1)
    later = Later(tuple(f"{DUE}{place}" for place in range(len(parts)) if due))
    return _together(compiled, pl.LazyFrame(facts), known, later, lake.workspace, now, reasons=reasons)


def of_nobody(branch: Branch, rows: pl.LazyFrame, workspace: Workspace, now: datetime) -> dict[str, bool]:
    """The truths of those who have none of the events; `rows` are the branch's, of which only the columns matter."""
    empty = pl.LazyFrame(schema={**rows.collect_schema(), "subject": pl.Int64})
    asked = _asked(branch, pl.LazyFrame({"subject": [0]}), Rows(frame=empty), workspace, now, due=False)
    answers = asked.collect().row(0, named=True)
    return {column: bool(answers[column]) for column in branch.leaves}


def _here(
    read: Read, due: bool, branch: Branch, lake: Lake, people: pl.DataFrame, now: datetime
) -> tuple[pl.DataFrame, dict[str, bool]]:
    answer = _on_own_clocks if branch.needs.own else _of_whoever
    return answer(branch, read(lake, branch, now), people, lake.workspace, now, due)


def _of_whoever(
    branch: Branch, groups: Sequence[Rows], _people: pl.DataFrame, workspace: Workspace, now: datetime, due: bool
) -> tuple[pl.DataFrame, dict[str, bool]]:
    """The answers for those who have any of the events, and what holds for the others."""
    asked = [_asked(branch, Whoever(), rows, workspace, now, due) for rows in groups]
    found = [one.collect(engine="streaming").cast({"subject": pl.Int64}) for one in asked]
    return pl.concat(found), of_nobody(branch, groups[0].frame, workspace, now)


def _on_own_clocks(
    branch: Branch, groups: Sequence[Rows], people: pl.DataFrame, workspace: Workspace, now: datetime, due: bool
) -> tuple[pl.DataFrame, dict[str, bool]]:
    """The answers for everybody: each has a clock of their own. The events of such a branch are held in memory."""
    rows = pl.concat([one.frame.with_columns(pl.col("event").cast(pl.String), _WHO) for one in groups])
    own = with_own_time(rows.collect(engine="streaming").lazy(), people)
    clocks = people.lazy().select("subject", NOW_OWN, CHANGE_OWN)
    found = _asked(branch, clocks, Rows(frame=own), workspace, now, due).collect(engine="streaming")
    return found, dict.fromkeys(branch.leaves, False)


def _asked(branch: Branch, people: Any, rows: Rows, workspace: Workspace, now: datetime, due: bool) -> pl.LazyFrame:
    compiled = compile_conditions(branch.leaves, workspace)
    frames = {"lines" if branch.lines else "events": rows.frame}
    answers = compiled.answer(people, frames, now, ordered=rows.in_order)
    return answers if due else answers.drop(DUE)


def _together(
    compiled: Compiled,
    facts: pl.LazyFrame,
    known: Mapping[Leaf, Leaf],
    later: Later,
    workspace: Workspace,
    now: datetime,
    *,
    reasons: bool,
) -> pl.DataFrame:
    """The trees over the leaves; those about people themselves are answered here."""
    trees = {key: replace(tree, lambda leaf: known.get(leaf, leaf)) for key, tree in compiled.conditions.items()}
    rest = compile_conditions(trees | {_LATER: later}, workspace)
    answers = rest.answer(facts, {}, now, reasons=reasons).drop(_LATER)
    if reasons:
        stands = {rest.leaves[known.get(leaf, leaf)]: column for leaf, column in compiled.leaves.items()}
        answers = answers.drop(rest.leaves[later]).rename(stands)
    return answers.collect(engine="streaming")
