"""Every operator keeps its own examples, missing values included."""

from __future__ import annotations

import polars as pl
import pytest

from hourglass.audience import OPERATORS
from hourglass.audience.compare import compare
from hourglass.audience.scope import Scope

CASES = [(name, left, right, answer) for name, op in OPERATORS.items() for left, right, answer in op.examples]


@pytest.mark.parametrize(("name", "left", "right", "answer"), CASES)
def test_the_example_holds(name, left, right, answer):
    right = tuple(right) if isinstance(right, list) else right
    dtype = pl.Float64 if isinstance(left, int) else pl.String
    frame = pl.DataFrame({"left": pl.Series([left], dtype=dtype)})
    kind = "number" if isinstance(left, int) else "text"
    got = frame.select(compare(name, pl.col("left"), kind, right, Scope()))["left"][0]
    assert got is answer


def test_every_operator_shows_what_a_missing_value_means():
    lacking = [name for name, op in OPERATORS.items() if not any(left is None for left, _, _ in op.examples)]
    assert lacking == []
