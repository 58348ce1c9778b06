"""From condition trees to column expressions: one pass over the events of many people answers all conditions at once.

Meaning comes in as a tree (condition.py), each different leaf becomes one column, the tree combines the columns.
Only the expressions that Polars and Narwhals share are used, so the same code runs in the tick, on the lake and on a
cluster; `x` is the namespace that makes them (`polars` or `narwhals`).

Frames that go in:
  people   subject, `trait:<name>` (text), `segment:<key>` and `consent:<channel>:<topic>` (bool)
  events   subject, event (whatever `names` maps to), at (UTC), and a column per property
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience.condition import (
    AllOf,
    AnyOf,
    Condition,
    Did,
    HasConsent,
    InSegment,
    Not,
    Trait,
    leaves,
)
from hourglass.audience.expressions import AGE, AT, aggregates, compare, every, micros
from hourglass.audience.operators import OPERATORS

Leaf = Trait | Did | InSegment | HasConsent
_MOMENT = pl.Datetime("us", "UTC")


class Needs(Struct, frozen=True, kw_only=True):
    """What has to be read to answer: event names with the longest window (None: ever), and columns."""

    events: dict[str, timedelta | None]
    properties: frozenset[str]
    traits: frozenset[str]
    segments: frozenset[str]
    consents: frozenset[tuple[str, str]]


class _Made(Struct, frozen=True, kw_only=True):
    """Expressions in the order in which they are applied."""

    measures: list[pl.Expr]
    truths: list[pl.Expr]
    answers: list[pl.Expr]
    due: pl.Expr
    """Microseconds until time alone may change an answer."""


class Compiled(Struct, frozen=True, kw_only=True):
    """A set of conditions made ready; equal leaves of different conditions are computed once."""

    conditions: dict[str, Condition]
    leaves: dict[Leaf, str]
    needs: Needs
    minor_digits: int

    made: dict[tuple[tuple[str, Any], ...], _Made] = {}
    """The expressions, by what event names are called in the frame."""

    def evaluate(
        self,
        people: pl.DataFrame,
        events: pl.DataFrame | pl.LazyFrame,
        now: datetime,
        names: Mapping[str, Any] | None = None,
    ) -> pl.DataFrame:
        """One row a subject of `people`: a bool column per condition, and `due`, when time alone may change one."""
        made = self._made(names)
        facts = people.lazy()
        if made.measures:
            at = pl.col("at").dt.timestamp("us")
            timed = events.lazy().with_columns(at.alias(AT), (micros(now) - at).alias(AGE)).filter(pl.col(AGE) >= 0)
            facts = facts.join(timed.group_by("subject").agg(made.measures), on="subject", how="left")
        due = (micros(now) + made.due).cast(_MOMENT).alias("due")
        return facts.with_columns(made.truths).select(pl.col("subject"), *made.answers, due).collect()

    def _made(self, names: Mapping[str, Any] | None) -> _Made:
        key = () if names is None else tuple((name, names.get(name, -1)) for name in self.needs.events)
        if key not in self.made:
            self.made[key] = self._make(dict(key) or None)
        return self.made[key]

    def _make(self, names: Mapping[str, Any] | None) -> _Made:
        did = {leaf: column for leaf, column in self.leaves.items() if isinstance(leaf, Did)}
        called = {leaf: leaf.event if names is None else names[leaf.event] for leaf in did}
        due = [pl.col(f"due:{column}") for leaf, column in did.items() if leaf.within]
        return _Made(
            measures=[
                one
                for leaf, column in did.items()
                for one in aggregates(leaf, column, called[leaf], self.minor_digits, pl)
            ],
            truths=[self._truth(leaf, column, pl).alias(column) for leaf, column in self.leaves.items()],
            answers=[self._tree(condition, pl).alias(key) for key, condition in self.conditions.items()],
            due=pl.min_horizontal(due) if due else pl.lit(None, pl.Int64),
        )

    def _truth(self, leaf: Leaf, column: str, x: Any) -> Any:
        match leaf:
            case Did(measure=measure, op=op, value=value):
                left = x.col(f"measure:{column}")
                return compare(OPERATORS[op], left.fill_null(0) if measure.kind == "count" else left, value, x)
            case Trait(name=name, op=op, value=value):
                return compare(OPERATORS[op], x.col(f"trait:{name}"), value, x)
            case InSegment(key=key):
                return x.col(f"segment:{key}").fill_null(False)
            case HasConsent(channel=channel, topic=topic):
                return x.col(f"consent:{channel}:{topic}").fill_null(False)

    def _tree(self, condition: Condition, x: Any) -> Any:
        match condition:
            case AllOf(of=of):
                return every([self._tree(child, x) for child in of])
            case AnyOf(of=of):
                return reduce(lambda one, other: one | other, [self._tree(child, x) for child in of])
            case Not(of=of):
                return ~self._tree(of, x)
            case _:
                return x.col(self.leaves[condition])


def compile_conditions(conditions: Mapping[str, Condition], minor_digits: int) -> Compiled:
    """Collect the leaves and what they need. `minor_digits`: decimals of the workspace currency."""
    found = list(dict.fromkeys(leaf for condition in conditions.values() for leaf in leaves(condition)))
    return Compiled(
        conditions=dict(conditions),
        leaves={leaf: f"leaf{i}" for i, leaf in enumerate(found)},
        needs=_needs(found),
        minor_digits=minor_digits,
    )


def _needs(found: Sequence[Leaf]) -> Needs:
    did = [leaf for leaf in found if isinstance(leaf, Did)]
    windows: dict[str, timedelta | None] = {}
    for leaf in did:
        widest = windows.get(leaf.event, leaf.within)
        windows[leaf.event] = None if widest is None or leaf.within is None else max(widest, leaf.within)
    measured = {leaf.measure.property for leaf in did if leaf.measure.property}
    return Needs(
        events=windows,
        properties=frozenset(measured | {where.property for leaf in did for where in leaf.where}),
        traits=frozenset(leaf.name for leaf in found if isinstance(leaf, Trait)),
        segments=frozenset(leaf.key for leaf in found if isinstance(leaf, InSegment)),
        consents=frozenset((leaf.channel, leaf.topic) for leaf in found if isinstance(leaf, HasConsent)),
    )
