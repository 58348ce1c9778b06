"""What a leaf knows while it is turned into column expressions.

Expressions are written once, in the subset that Polars and Narwhals share; whatever an engine needs said in its own way
is said here. Nothing in an expression depends on the present moment: events come with their age, people with `now_us`,
so an expression is made once and serves every tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.lake import POLARS, Dialect

AT, AGE, ORDER, LOCAL = "at_us", "age_us", "seq", "local_us"
"""Columns of every frame of events: the moment (microseconds since 1970, UTC), its age, its place in the log among
events of the same moment, and the moment on the clock of the workspace."""

LINE = "line"
"""The number of a line in its event; a frame of lines has one row at least for every event."""

AMOUNT, AMOUNT_PARTS = "products.amount", ("products.price", "products.quantity")
"""What a line comes to, and what it is made of."""

NOW, NOW_LOCAL = "now_us", "now_local_us"
"""Columns of every frame of people: the present moment, and what the clock of the workspace shows."""

DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scope(Struct, frozen=True, kw_only=True):
    """`d` is the dialect of the engine (see decision 0013), `x` its namespace that makes expressions.

    `names` says what events are called in the frame (None: as they are); `minor_digits` are the decimals of the
    workspace currency.
    """

    d: Dialect = POLARS
    minor_digits: int = 2
    names: Mapping[str, Any] | None = None

    @property
    def x(self) -> Any:
        """`polars` or `narwhals`."""
        return self.d.x

    def col(self, name: str) -> Any:
        """A column."""
        return self.x.col(name)

    def event(self, name: str) -> Any:
        """Whether the row is this event."""
        return self.x.col("event") == (name if self.names is None else self.names[name])

    def property(self, name: str) -> Any:
        """A property as it arrives: money in minor units; the amount of a line is price times quantity."""
        if name == AMOUNT:
            price, quantity = (self.number(self.x.col(part)) for part in AMOUNT_PARTS)
            return price * quantity.fill_null(1.0)
        return self.x.col(name)

    def number(self, column: Any) -> Any:
        """Text to number; what is none is missing."""
        return self.d.number(self.text(column))

    def whole(self, column: Any) -> Any:
        """Text of digits to a whole number; anything else is missing."""
        return column.cast(self.x.Int64, strict=False) if self.x is pl else column.cast(self.x.Int64)

    def text(self, column: Any) -> Any:
        """Anything to text."""
        return column.cast(self.x.String)

    def only(self, hit: Any, value: Any) -> Any:
        """The value where the row counts, missing elsewhere."""
        return self.x.when(hit).then(value).otherwise(None)

    def every(self, truths: list[Any]) -> Any:
        """All of them hold; true for none."""
        return reduce(lambda one, other: one & other, truths, self.x.lit(True))


def micros(moment: datetime) -> int:
    """Microseconds since 1970: a literal number costs nothing, a literal moment a small query of its own."""
    return span(moment - _EPOCH)


def span(time: timedelta) -> int:
    """Microseconds."""
    return time // timedelta(microseconds=1)
