"""What Polars and Spark do not say alike, said once: an expression made with a dialect gives the same answer on both.

See docs/decisions/0013-one-expression-two-engines.md for what may be used beside it.
"""

from __future__ import annotations

from typing import Any

import polars as pl

_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|\z)"
_MILLION = 1_000_000
_MOST = 10**10
# Makes any moment a number of 18 digits, so that texts sort as moments do.
_SHIFT = 2 * 10**17
# Narwhals hands names to Spark as they are, and Spark reads these two as its own signs.
_NAMES = str.maketrans({".": "\u2024", "`": "\u02cb"})


class Dialect:
    """For expressions of Polars (`POLARS`), or of Narwhals (`NARWHALS`: spark/dialect.py); `x` is their namespace."""

    def __init__(self, x: Any) -> None:
        self.x = x

    def name(self, column: str) -> str:
        """What a column of this name is called in the frames of this engine."""
        return column if self.x is pl else column.translate(_NAMES)

    def col(self, column: str) -> Any:
        """The column of this name."""
        return self.x.col(self.name(column))

    def count(self, hit: Any) -> Any:
        """How many rows of the group are true; 0 when none."""
        return hit.sum().cast(pl.Int64) if self.x is pl else hit.cast(self.x.Int64).sum()

    def number(self, text: Any) -> Any:
        """Text to a finite number; null for everything else, " 12 ", "1d" and "Infinity" included."""
        if self.x is pl:
            number = text.cast(pl.Float64, strict=False)
            return pl.when(number.is_finite()).then(number).otherwise(None)
        number = self.x.when(text.str.contains(_NUMBER)).then(text).otherwise(None).cast(self.x.Float64)
        return self.x.when(number.is_finite()).then(number).otherwise(None)

    def date(self, text: Any) -> Any:
        """The day that a text `YYYY-MM-DD` names, alone or before a time of day; null for everything else."""
        named = text.str.contains(_DATE) & ~text.str.starts_with("0000")
        day = self.x.when(named).then(text.str.slice(0, 10)).otherwise(None)
        return day.str.to_date("%Y-%m-%d", strict=False) if self.x is pl else day.str.to_date("%Y-%m-%d")

    def weekday(self, moment: Any) -> Any:
        """1 is Monday, 7 is Sunday."""
        return (moment.dt.weekday().cast(self.x.Int64) + 6) % 7 + 1

    def times(self, number: Any, by: int) -> Any:
        """How many times `by`, which is above 0, goes into a whole number, rounded down; exact below 2**50."""
        if self.x is pl:
            return number // by
        # Narwhals writes `//` for Spark with four copies of the number, and a row of them grows without bounds. Half a
        # unit keeps the quotient farther from a whole number than rounding can bring it.
        return ((number + 0.5) * (1 / by)).floor().cast(self.x.Int64)

    def millionths(self, number: Any) -> Any:
        """A number as whole millionths, whose sum does not depend on the order of rows; null beyond ten billion."""
        half = self.x.when(number < 0).then(self.x.lit(-0.5)).otherwise(self.x.lit(0.5))
        fits = (number <= _MOST) & (number >= -_MOST)
        return self.x.when(fits).then(number * _MILLION + half).otherwise(None).cast(self.x.Int64)

    def distinct(self, value: Any) -> Any:
        """How many different values the group has, nulls not counted."""
        return value.n_unique().cast(self.x.Int64) - value.is_null().any().cast(self.x.Int64)

    def earliest(self, text: Any, at_us: Any) -> Any:
        """The text of the first row that has one, of several at one moment the least; no `at_us`: not looked at."""
        return self._stamped(text, at_us).min().str.slice(18)

    def latest(self, text: Any, at_us: Any) -> Any:
        """The text of the last row that has one, of several at one moment the greatest; no `at_us`: not looked at."""
        return self._stamped(text, at_us).max().str.slice(18)

    def _stamped(self, text: Any, at_us: Any) -> Any:
        return self.x.concat_str([(at_us + _SHIFT).cast(self.x.String), text])


POLARS = Dialect(pl)
