"""Every operator says the same on a Spark cluster as on Polars, of every left side that any example has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from hourglass.audience import OPERATORS
from hourglass.audience.columns.clocks import next_change, shown
from hourglass.audience.columns.scope import CHANGE, DAY, NOW, NOW_LOCAL, Scope, micros
from hourglass.audience.comparison.compare import Kind, compare, fits, until_flip
from hourglass.audience.operators import READERS, Value
from hourglass.lake import Dialect
from tests.spark.agreement import agree

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ZONE, PRESENT = "Europe/Berlin", datetime(2026, 3, 4, 12, tzinfo=UTC)
NAMES = sorted(OPERATORS)
PARTS = [NAMES[start::4] for start in range(4)]
NOWHERE_ELSE = [
    "", " ", "0", "-0.0", "1e3", "NaN", "2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25 02:30:00.5", "9999-12-31",
    "0001-01-01", "2026-02-29", "2255-06-05T23:59:59.999999", "2026-03-04T24:00", "2026-03-04T13:00+01:00",
    '["a", "b"]', '{"lat": 1}', "İstanbul", "a\nb",
]  # fmt: skip
NUMBERS = [0.0, -1.5, 0.1, 99.99, 100.0, 1e12, 3.0, 20.0]
MICROS = [0, -1, micros(PRESENT), micros(PRESENT) - DAY, micros(PRESENT) + 1, 253_402_300_799_999_999]
KINDS: dict[Kind, pl.Series] = {
    "number": pl.Series([*NUMBERS, None]),
    "money": pl.Series([round(one * 100) for one in NUMBERS] + [None]),
    "millionths": pl.Series([round(one * 1_000_000) for one in NUMBERS] + [None]),
    "moment": pl.Series([*MICROS, None]),
}


def at_present(left: pl.Series) -> pl.DataFrame:
    """With the clocks that compile.py gives to every frame."""
    clock = pl.lit(next_change(ZONE, PRESENT), pl.Int64).alias(CHANGE)
    now = pl.lit(micros(PRESENT)).alias(NOW), pl.lit(shown(PRESENT, ZONE)).alias(NOW_LOCAL)
    return pl.DataFrame({"left": left}).with_columns(*now, clock)


def rights(name: str) -> list[Value]:
    """The first two different right sides of its examples; each costs a second of planning."""
    told = [example[1] for example in OPERATORS[name].examples]
    different = [one for at, one in enumerate(told) if one not in told[:at]]
    return [READERS[OPERATORS[name].takes](one, "value", name) for one in different[:2]]


def asked(comparisons: list[tuple[str, Value]], kind: Kind) -> Any:
    """Their answers, and when those change."""

    def ask(frame: Any, dialect: Dialect) -> Any:
        scope = Scope(d=dialect, zone=ZONE)
        columns = [scope.col("left")]
        for place, (name, value) in enumerate(comparisons):
            columns.append(compare(name, scope.col("left"), kind, value, scope).alias(f"{name}_{place}"))
            flip = until_flip(name, scope.col("left"), kind, value, scope)
            columns += [] if flip is None else [flip.alias(f"{name}_{place}_due")]
        return scope.with_shared(frame).select(*columns)

    return ask


@pytest.mark.parametrize("names", PARTS, ids=range(len(PARTS)))
def test_texts(spark: SparkSession, names: list[str]) -> None:
    examples = {str(example[0]) for one in OPERATORS.values() for example in one.examples if example[0] is not None}
    left = pl.Series([*sorted({*examples, *NOWHERE_ELSE}), None], dtype=pl.String)
    found = agree(spark, at_present(left), asked([(name, right) for name in names for right in rights(name)], "text"))
    assert all(found[name].n_unique() == 2 for name in found.columns if name.removesuffix("_0") in names)


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_their_own_kind(spark: SparkSession, kind: Kind) -> None:
    comparisons = [(name, right) for name in NAMES for right in rights(name)[:1] if fits(kind, name, right)]
    assert len(comparisons) > 4
    agree(spark, at_present(KINDS[kind]), asked(comparisons, kind))
