"""From condition trees to column expressions: one pass over the events of many people answers all conditions at once.

Each different leaf becomes one column, the tree combines the columns. The same code runs in the tick, on the lake and
on a cluster. Frames that go in, as data frames or lazy ones of Polars or of Narwhals:

  people   subject, a column for everything in `needs.people`, and if `needs.own` `now_own_us` and `change_own_us`
  events   subject, event (whatever `names` maps to), at (UTC), seq, local (what the clock of the workspace showed, if
           `needs.local`), own (the same on the clock of the customer) and `now_own_us` if `needs.own`, and a column for
           each of `needs.event_properties`
  lines    the same with one row a line (one at least for every event), `line` and `needs.line_properties`

Of Narwhals, moments come in microseconds: at_us, local_us, own_us.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import reduce
from typing import Any

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from hourglass.audience.columns.clocks import next_change, shown
from hourglass.audience.columns.needs import Needs, together
from hourglass.audience.columns.order import in_order
from hourglass.audience.columns.scope import AGE, AT, CHANGE, LOCAL, NOW, NOW_LOCAL, OWN, Scope, micros
from hourglass.audience.leaves import Leaf
from hourglass.audience.tree.condition import AllOf, AnyOf, Condition, Not, leaves
from hourglass.kernel import Workspace, exponent
from hourglass.lake import POLARS, Dialect

DUE = "due"
_MOMENT = pl.Datetime("us", "UTC")


class _Made(Struct, frozen=True, kw_only=True):
    """Expressions in the order in which they are applied; of events and of lines."""

    rows: dict[str, list[list[Any]]]
    in_order: frozenset[str]
    """The frames whose rows look at their neighbours."""
    measures: dict[str, list[Any]]
    truths: list[Any]
    answers: list[Any]
    due: Any
    """Microseconds until time alone may change an answer."""
    scopes: dict[str, Scope]
    """What expressions of events, of lines and of people share beforehand."""


class Compiled(Struct, frozen=True, kw_only=True):
    """A set of conditions made ready; equal leaves of different conditions are computed once."""

    conditions: dict[str, Condition]
    leaves: dict[Leaf, str]
    needs: Needs
    minor_digits: int
    zone: str

    made: dict[tuple[tuple[str, Any], ...], _Made] = {}
    """The expressions, by what event names are called in the frame."""
    parts: dict[frozenset[str], Compiled] = {}
    """Subsets that were asked for."""

    @property
    def of_lines(self) -> frozenset[str]:
        """The events whose lines are wanted."""
        return frozenset(name for leaf in self.leaves if leaf.source == "lines" for name in leaf.needs().events)

    def evaluate(
        self,
        people: pl.DataFrame | pl.LazyFrame,
        events: pl.DataFrame | pl.LazyFrame,
        now: datetime,
        names: Mapping[str, Any] | None = None,
        lines: pl.DataFrame | pl.LazyFrame | None = None,
        *,
        reasons: bool = False,
    ) -> pl.DataFrame:
        """One row a subject of `people`: a bool column per condition, and `due`, when time alone may change one."""
        frames = {"events": events.lazy(), "lines": None if lines is None else lines.lazy()}
        due = (micros(now) + pl.col(DUE)).cast(_MOMENT).alias(DUE)
        return self.answer(people.lazy(), frames, now, names, reasons=reasons).with_columns(due).collect()

    def answer(
        self,
        people: Any,
        frames: Mapping[str, Any],
        now: datetime,
        names: Mapping[str, Any] | None = None,
        d: Dialect = POLARS,
        *,
        reasons: bool = False,
        ordered: bool = False,
    ) -> Any:
        """The same for lazy frames of any engine, `due` in microseconds from now.

        With `reasons` each leaf's answer comes too, in the columns that `leaves` names. `ordered`: the frames stand in
        order already, one person after the other (see order.py).
        """
        made = self._made(names, d)
        facts = people.with_columns(*self._clock(now, d.x))
        for source, measures in made.measures.items():
            if measures:
                rows = made.scopes[source].with_shared(self._timed(frames[source], now, d))
                rows = in_order(rows, d) if source in made.in_order and not ordered else rows
                for stage in made.rows[source]:
                    rows = rows.with_columns(*stage)
                facts = facts.join(rows.group_by("subject").agg(*measures), on="subject", how="left")
        facts = made.scopes["people"].with_shared(facts)
        shown = [d.x.col(column) for column in self.leaves.values()] if reasons else []
        return facts.with_columns(*made.truths).select(d.x.col("subject"), *made.answers, made.due.alias(DUE), *shown)

    def part(self, keys: Collection[str]) -> Compiled:
        """Only these conditions."""
        wanted = frozenset(keys)
        if wanted == self.conditions.keys():
            return self
        if wanted not in self.parts:
            chosen = {key: condition for key, condition in self.conditions.items() if key in wanted}
            self.parts[wanted] = _compile(chosen, self.minor_digits, self.zone)
        return self.parts[wanted]

    def renamed(self, keys: Mapping[str, str]) -> Compiled:
        """The same conditions by other names."""
        named = {keys[key]: condition for key, condition in self.conditions.items()}
        return _compile(named, self.minor_digits, self.zone)

    def _clock(self, now: datetime, x: Any) -> list[Any]:
        """The present moment, as columns, so that no expression has to be made anew for it."""
        change = x.lit(next_change(self.zone, now), x.Int64).alias(CHANGE)
        return [x.lit(micros(now)).alias(NOW), x.lit(shown(now, self.zone)).alias(NOW_LOCAL), change]

    def _timed(self, rows: Any, now: datetime, d: Dialect) -> Any:
        """What is still to come does not count yet. Moments come in microseconds where the engine cannot count them."""
        if d is POLARS:
            rows = rows.with_columns(*self._counted())
        x = d.x
        made = [(micros(now) - x.col(AT)).alias(AGE), *self._clock(now, x)]
        return rows.with_columns(*made).filter(x.col(AGE) >= 0)

    def _counted(self) -> list[pl.Expr]:
        clocks = {"at": AT}
        clocks |= {"local": LOCAL} if self.needs.local else {}
        clocks |= {"own": OWN} if self.needs.own else {}
        return [pl.col(name).dt.timestamp("us").alias(column) for name, column in clocks.items()]

    def _made(self, names: Mapping[str, Any] | None, d: Dialect) -> _Made:
        called = () if names is None else tuple((name, names.get(name, -1)) for name in self.needs.events)
        key = (*called, ("", d.x.__name__))
        if key not in self.made:
            self.made[key] = self._make(
                Scope(d=d, minor_digits=self.minor_digits, zone=self.zone, names=dict(called) or None)
            )
        return self.made[key]

    def _make(self, scope: Scope) -> _Made:
        scopes = {source: replace(scope, shared=[]) for source in ("events", "lines", "people")}
        scope = scopes["people"]
        rows: dict[str, list[list[Any]]] = {"events": [], "lines": []}
        measures: dict[str, list[Any]] = {"events": [], "lines": []}
        for leaf, column in self.leaves.items():
            if leaf.source == "people":
                continue
            measures[leaf.source] += leaf.aggregates(column, scopes[leaf.source])
            for number, stage in enumerate(leaf.rows(column, scopes[leaf.source])):
                # Leaves do not know each other: their first stages are one stage, their second ones another.
                rows[leaf.source] += [[]] if number == len(rows[leaf.source]) else []
                rows[leaf.source][number] += stage
        due = [one for leaf, column in self.leaves.items() for one in leaf.due(column, scope)]
        return _Made(
            rows=rows,
            in_order=frozenset(leaf.source for leaf in self.leaves if leaf.in_order),
            measures=measures,
            truths=[leaf.truth(column, scope).alias(column) for leaf, column in self.leaves.items()],
            answers=[self._tree(condition, scope).alias(key) for key, condition in self.conditions.items()],
            due=_soonest(due, scope),
            scopes=scopes,
        )

    def _tree(self, condition: Condition, scope: Scope) -> Any:
        match condition:
            case AllOf(of=of):
                return scope.every([self._tree(child, scope) for child in of])
            case AnyOf(of=of):
                return reduce(lambda one, other: one | other, [self._tree(child, scope) for child in of])
            case Not(of=of):
                return ~self._tree(of, scope)
            case _:
                return scope.col(self.leaves[condition])


def compile_conditions(conditions: Mapping[str, Condition], workspace: Workspace) -> Compiled:
    """Collect the leaves and what they need; money and clocks are the workspace's."""
    return _compile(conditions, exponent(workspace.currency), workspace.zone)


def _compile(conditions: Mapping[str, Condition], minor_digits: int, zone: str) -> Compiled:
    found = list(dict.fromkeys(leaf for condition in conditions.values() for leaf in leaves(condition)))
    return Compiled(
        conditions=dict(conditions),
        leaves={leaf: f"leaf{i}" for i, leaf in enumerate(found)},
        needs=together(leaf.needs() for leaf in found),
        minor_digits=minor_digits,
        zone=zone,
    )


def _soonest(due: list[Any], scope: Scope) -> Any:
    """The least of those that are still to come."""
    coming = [scope.only(one > 0, one) for one in due]
    if not coming:
        return scope.x.lit(None, scope.x.Int64)
    return coming[0] if len(coming) == 1 else scope.x.min_horizontal(*coming)
