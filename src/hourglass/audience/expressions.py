"""Column expressions for the parts of a condition, in the subset that Polars and Narwhals share.

`x` is the namespace that makes them (`polars` or `narwhals`). Nothing here depends on the present moment: events come
with their age, so an expression is made once and serves every tick.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import polars as pl

from hourglass.audience.condition import Did, Value, Where
from hourglass.audience.operators import OPERATORS, Operator
from hourglass.history import MONEY

AT, AGE = "at_us", "age_us"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def matches(where: Sequence[Where], minor_digits: int, x: Any = pl) -> Any:
    """The row predicate of a `where` list; true for an empty one."""
    tests = [compare(OPERATORS[w.op], _property(w.property, minor_digits, x), w.value, x) for w in where]
    return every([x.lit(True), *tests])


def every(truths: list[Any]) -> Any:
    """All of them hold."""
    return reduce(lambda one, other: one & other, truths)


def aggregates(leaf: Did, column: str, name: Any, minor_digits: int, x: Any) -> list[Any]:
    """What one leaf takes from a person's events: its measure, and when the passing of time may change it."""
    hit = x.col("event") == name
    if leaf.where:
        hit = hit & matches(leaf.where, minor_digits, x)
    if leaf.within:
        hit = hit & (x.col(AGE) <= _span(leaf.within))
    if leaf.since:
        hit = hit & (x.col(AT) >= micros(leaf.since))
    if leaf.until:
        hit = hit & (x.col(AT) < micros(leaf.until))
    made = [_measure(leaf, hit, minor_digits, x).alias(f"measure:{column}")]
    if leaf.within:
        oldest = x.when(hit).then(x.col(AGE)).otherwise(None).max()
        made.append((_span(leaf.within) + 1 - oldest).alias(f"due:{column}"))
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


def micros(moment: datetime) -> int:
    """Microseconds since 1970: a literal number costs nothing, a literal moment a small query of its own."""
    return _span(moment - _EPOCH)


def _span(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def _property(name: str, minor_digits: int, x: Any) -> Any:
    return x.col(name) / 10**minor_digits if name in MONEY else x.col(name)


def compare(operator: Operator, left: Any, right: Value, x: Any) -> Any:
    """An operator on a column and a value, each as the operator wants to read it; a missing column is no yes."""
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
