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

from msgspec import Struct
from msgspec.structs import replace

from hourglass.lake import POLARS, Dialect

AT, AGE, ORDER, LOCAL = "at_us", "age_us", "seq", "local_us"
"""Columns of every frame of events: the moment (microseconds since 1970, UTC), its age, its place in the log among
events of the same moment, and the moment on the clock of the workspace."""

LINE = "line"
"""The number of a line in its event; a frame of lines has one row at least for every event."""

AMOUNT, AMOUNT_PARTS = "products.amount", ("products.price", "products.quantity")
"""What a line comes to, and what it is made of."""

NOW, NOW_LOCAL, CHANGE = "now_us", "now_local_us", "change_us"
"""Columns of every frame of people: the present moment, what the clock of the workspace shows, and the microseconds
until that clock is put forward or back (missing where it never is). Events have them too."""

OWN, NOW_OWN, CHANGE_OWN = "own_us", "now_own_us", "change_own_us"
"""The same for the clock of the customer: the moment of an event, the present moment, the next change; there only if
`needs.own`."""

DAY = 86_400_000_000
_DIGITS = r"^[0-9]{1,18}\z"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scope(Struct, frozen=True, kw_only=True):
    """`d` is the dialect of the engine (see decision 0013), `x` its namespace that makes expressions.

    `names` says what events are called in the frame (None: as they are); `minor_digits` are the decimals of the
    workspace currency, `zone` is where its clock stands; `own`: days and hours are the customer's.
    """

    d: Dialect = POLARS
    minor_digits: int = 2
    zone: str = "UTC"
    own: bool = False
    names: Mapping[str, Any] | None = None
    step: int = 0
    """After how many steps the columns that this scope shares can be made."""
    shared: list[list[Any]] = []
    """Columns to be made before the expressions of this scope, step by step."""

    @property
    def x(self) -> Any:
        """`polars` or `narwhals`."""
        return self.d.x

    def col(self, name: str) -> Any:
        """A column."""
        return self.d.col(name)

    def on_clock_of(self, *, customer: bool) -> Scope:
        """The same with the days and hours of the customer, or of the workspace."""
        return replace(self, own=customer)

    @property
    def local(self) -> Any:
        """The moment of an event, on the clock that is asked for."""
        return self.x.col(OWN if self.own else LOCAL)

    @property
    def now_local(self) -> Any:
        """The present moment, on the clock that is asked for."""
        return self.x.col(NOW_OWN if self.own else NOW_LOCAL)

    def until_clock(self, reading: Any) -> Any:
        """Microseconds until the clock shows this, or until it is put forward or back, whichever comes first."""
        until = self.only(reading > self.now_local, reading - self.now_local)
        change = self.x.col(CHANGE_OWN if self.own else CHANGE)
        return self.only(~until.is_null(), self.x.min_horizontal(until, change))

    def after(self, steps: int) -> Scope:
        """The same, but what it shares is made so many steps later."""
        return replace(self, step=self.step + steps)

    def share(self, value: Any, step: int = 0) -> Any:
        """The value as a column of its own, for an expression that needs it in several places.

        Expressions are trees: what stands in them twice is twice as much, and dates stand in dates. A value of
        shared ones is made a step later; those of one step are made at once, because a cluster plans each for long.
        """
        place = self.step + step
        self.shared.extend([] for _ in range(place + 1 - len(self.shared)))
        name = f"shared{place}:{len(self.shared[place])}"
        self.shared[place].append(value.alias(name))
        return self.col(name)

    def share_last(self, value: Any) -> Any:
        """The same for a value that may be made of all that is shared so far."""
        return self.share(value, len(self.shared) - self.step)

    def with_shared(self, frame: Any) -> Any:
        """The frame with what the expressions of this scope share."""
        for values in self.shared:
            frame = frame.with_columns(*values) if values else frame
        return frame

    def event(self, name: str) -> Any:
        """Whether the row is this event."""
        return self.x.col("event") == (name if self.names is None else self.names[name])

    def property(self, name: str) -> Any:
        """A property as it arrives: money in minor units; the amount of a line is price times quantity."""
        if name == AMOUNT:
            price, quantity = (self.number(self.col(part)) for part in AMOUNT_PARTS)
            return price * quantity.fill_null(1.0)
        return self.col(name)

    def number(self, column: Any) -> Any:
        """Text to number; what is none is missing."""
        return self.d.number(self.text(column))

    def whole(self, column: Any) -> Any:
        """Text of digits to a whole number; anything else is missing."""
        return self.only(column.str.contains(_DIGITS), column).cast(self.x.Int64)

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
