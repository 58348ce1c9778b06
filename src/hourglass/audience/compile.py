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
from datetime import UTC, datetime, timedelta
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
    Value,
    Where,
    leaves,
)
from hourglass.audience.operators import OPERATORS, Operator
from hourglass.history import MONEY

Leaf = Trait | Did | InSegment | HasConsent
_AT = "at_us"
_MOMENT = pl.Datetime("us", "UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Needs(Struct, frozen=True, kw_only=True):
    """What has to be read to answer: event names with the longest window (None: ever), and columns."""

    events: dict[str, timedelta | None]
    properties: frozenset[str]
    traits: frozenset[str]
    segments: frozenset[str]
    consents: frozenset[tuple[str, str]]


class Compiled(Struct, frozen=True, kw_only=True):
    """A set of conditions made ready; equal leaves of different conditions are computed once."""

    conditions: dict[str, Condition]
    leaves: dict[Leaf, str]
    needs: Needs
    minor_digits: int

    def evaluate(
        self,
        people: pl.DataFrame,
        events: pl.DataFrame | pl.LazyFrame,
        now: datetime,
        names: Mapping[str, Any] | None = None,
    ) -> pl.DataFrame:
        """One row a subject of `people`: a bool column per condition, and `due`, when time alone may change one."""
        did = {leaf: column for leaf, column in self.leaves.items() if isinstance(leaf, Did)}
        facts = people.lazy()
        if did:
            facts = facts.join(self._measured(events.lazy(), did, now, names), on="subject", how="left")
        facts = facts.with_columns(
            [self._truth(leaf, column, pl).alias(column) for leaf, column in self.leaves.items()]
        )
        due = [pl.col(f"due:{column}") for leaf, column in did.items() if leaf.within]
        answers = [self._tree(condition, pl).alias(key) for key, condition in self.conditions.items()]
        moment = pl.min_horizontal(due) if due else pl.lit(None, pl.Int64)
        return facts.select(pl.col("subject"), *answers, moment.cast(_MOMENT).alias("due")).collect()

    def _measured(
        self, events: pl.LazyFrame, did: Mapping[Did, str], now: datetime, names: Mapping[str, Any] | None
    ) -> pl.LazyFrame:
        wanted = {leaf.event: leaf.event if names is None else names.get(leaf.event, -1) for leaf in did}
        columns = [
            expression
            for leaf, column in did.items()
            for expression in _aggregates(leaf, column, wanted[leaf.event], now, self.minor_digits, pl)
        ]
        # Moments as microseconds: a literal number costs nothing, a literal moment a small query of its own.
        timed = events.with_columns(pl.col("at").dt.timestamp("us").alias(_AT))
        return timed.filter(pl.col(_AT) <= _micros(now)).group_by("subject").agg(columns)

    def _truth(self, leaf: Leaf, column: str, x: Any) -> Any:
        match leaf:
            case Did(measure=measure, op=op, value=value):
                left = x.col(f"measure:{column}")
                return _compare(OPERATORS[op], left.fill_null(0) if measure.kind == "count" else left, value, x)
            case Trait(name=name, op=op, value=value):
                return _compare(OPERATORS[op], x.col(f"trait:{name}"), value, x)
            case InSegment(key=key):
                return x.col(f"segment:{key}").fill_null(False)
            case HasConsent(channel=channel, topic=topic):
                return x.col(f"consent:{channel}:{topic}").fill_null(False)

    def _tree(self, condition: Condition, x: Any) -> Any:
        match condition:
            case AllOf(of=of):
                return _every([self._tree(child, x) for child in of])
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


def matches(where: Sequence[Where], minor_digits: int, x: Any = pl) -> Any:
    """The row predicate of a `where` list; true for an empty one."""
    tests = [_compare(OPERATORS[w.op], _property(w.property, minor_digits, x), w.value, x) for w in where]
    return _every([x.lit(True), *tests])


def _every(truths: list[Any]) -> Any:
    return reduce(lambda one, other: one & other, truths)


def _aggregates(leaf: Did, column: str, name: Any, now: datetime, minor_digits: int, x: Any) -> list[Any]:
    hit = x.col("event") == name
    if leaf.where:
        hit = hit & matches(leaf.where, minor_digits, x)
    if leaf.within:
        hit = hit & (x.col(_AT) >= _micros(now - leaf.within))
    if leaf.since:
        hit = hit & (x.col(_AT) >= _micros(leaf.since))
    if leaf.until:
        hit = hit & (x.col(_AT) < _micros(leaf.until))
    made = [_measure(leaf, hit, minor_digits, x).alias(f"measure:{column}")]
    if leaf.within:
        oldest = x.when(hit).then(x.col(_AT)).otherwise(None).min()
        made.append((oldest + _span(leaf.within) + 1).alias(f"due:{column}"))
    return made


def _measure(leaf: Did, hit: Any, minor_digits: int, x: Any) -> Any:
    kind, name = leaf.measure.kind, leaf.measure.property
    if kind == "count" or name is None:
        return hit.sum()
    text = x.when(hit).then(x.col(name)).otherwise(None)
    if kind == "distinct":
        return text.drop_nulls().n_unique()
    # Money is summed as integers and divided once, so that ten times 0.10 is exactly 1.
    number = text if name in MONEY else text.cast(x.Float64, strict=False)
    total = {"sum": number.sum, "avg": number.mean, "min": number.min, "max": number.max}[kind]()
    answer = total / 10**minor_digits if name in MONEY else total
    return answer if kind != "sum" else x.when(hit.sum() > 0).then(answer).otherwise(None)


def _micros(moment: datetime) -> int:
    return _span(moment - _EPOCH)


def _span(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def _property(name: str, minor_digits: int, x: Any) -> Any:
    return x.col(name) / 10**minor_digits if name in MONEY else x.col(name)


def _compare(operator: Operator, left: Any, right: Value, x: Any) -> Any:
    sample = right[0] if isinstance(right, tuple) else right
    if operator.reads == "number" or (operator.reads == "value" and _is_number(sample)):
        left = left.cast(x.Float64, strict=False)
    elif operator.reads in {"text", "value"}:
        return operator.build(left.cast(x.String), _as_text(right)).fill_null(operator.of_missing)
    return operator.build(left, right).fill_null(operator.of_missing)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_text(value: Value) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return [_as_text(item) for item in value]
    return value if value is None else str(value)


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
