"""Every operator keeps its own examples, missing values included, on each way an expression can be made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import narwhals as nw
import polars as pl
import pytest

from hourglass.audience import OPERATORS
from hourglass.audience.columns.scope import CHANGE, NOW, NOW_LOCAL, Scope, micros
from hourglass.audience.comparison.compare import compare, until_flip
from hourglass.audience.operators import READERS
from hourglass.lake import NARWHALS, POLARS

CASES = [(name, *example) for name, operator in OPERATORS.items() for example in operator.examples]
PRESENT = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def frame_at(moment: datetime, left: object) -> pl.DataFrame:
    dtype = pl.Float64 if isinstance(left, int) else pl.String
    clock = {NOW: [micros(moment)], NOW_LOCAL: [micros(moment)], CHANGE: pl.Series([None], dtype=pl.Int64)}
    return pl.DataFrame({"left": pl.Series([left], dtype=dtype), **clock})


def kind(left: object):
    return "number" if isinstance(left, int) else "text"


def holds(name: str, left: object, right: object, moment: datetime = PRESENT, dialect=POLARS) -> bool:
    scope = Scope(d=dialect)
    value = READERS[OPERATORS[name].takes](right, "value", name)
    expression = compare(name, scope.col("left"), kind(left), value, scope).alias("answer")
    frame = frame_at(moment, left).lazy()
    asked = scope.with_shared(nw.from_native(frame) if dialect is NARWHALS else frame).select(expression)
    return (asked.to_native() if dialect is NARWHALS else asked).collect()["answer"][0]


@pytest.mark.parametrize("dialect", [POLARS, NARWHALS], ids=["polars", "narwhals"])
@pytest.mark.parametrize(("name", "left", "right", "answer"), CASES)
def test_the_example_holds(name, left, right, answer, dialect):
    assert holds(name, left, right, dialect=dialect) is answer


def test_every_operator_shows_what_a_missing_value_means():
    lacking = [name for name, op in OPERATORS.items() if not any(left is None for left, _, _ in op.examples)]
    assert lacking == []


def test_every_operator_shows_both_answers():
    lopsided = [name for name, op in OPERATORS.items() if {answer for *_, answer in op.examples} != {True, False}]
    assert lopsided == []


MOVING = [case[:3] for case in CASES if OPERATORS[case[0]].due is not None]


@pytest.mark.parametrize(("name", "left", "right"), MOVING)
def test_an_answer_changes_at_the_microsecond_that_is_due(name, left, right):
    value = READERS[OPERATORS[name].takes](right, "value", name)
    scope = Scope()
    until = until_flip(name, scope.col("left"), "text", value, scope)
    assert until is not None
    moment, end = PRESENT, PRESENT + 800 * DAY
    while moment < end:
        due = scope.with_shared(frame_at(moment, left).lazy()).select(until.alias("due")).collect()["due"][0]
        following = end if due is None or due <= 0 else moment + timedelta(microseconds=due)
        before = holds(name, left, right, moment)
        last = following - timedelta(microseconds=1)
        quiet = [min(last, moment + (following - moment) * share / 7) for share in range(1, 8)]
        assert all(holds(name, left, right, one) is before for one in quiet)
        moment = following
