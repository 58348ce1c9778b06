"""What a measure is: how the events that count become one value of the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from hourglass.audience.columns.needs import LINES
from hourglass.audience.columns.scope import AT, ORDER, Scope
from hourglass.audience.comparison.compare import Kind
from hourglass.audience.comparison.where import MOMENT, Where, kind_of, matches
from hourglass.audience.plural import Noun

Takes = Literal["nothing", "property", "either", "share"]


class Measured(Struct, frozen=True):
    """A measure as a condition asks for it.

    `of` is the property it is about, missing where events themselves are counted; `where` picks the part that a share
    is of; `local`: moments on the clock of the workspace.
    """

    name: str = "count"
    of: str | None = None
    where: tuple[Where, ...] = ()
    local: bool = False

    @property
    def properties(self) -> frozenset[str]:
        """What it reads of an event or its lines."""
        named = {one.property for one in self.where} | ({self.of} if self.of else set[str]())
        return frozenset(named)

    @property
    def by_line(self) -> bool:
        """Whether every line counts by itself; otherwise an event counts once, however many of its lines do."""
        return any(name.startswith(LINES) for name in self.properties)

    def value(self, scope: Scope) -> Any:
        """The property it is about, as a column."""
        return scope.property(self.of or MOMENT)

    def number(self, scope: Scope) -> Any:
        """The same as a number."""
        column = self.value(scope)
        return scope.number(column) if self.kind == "text" else column

    @property
    def kind(self) -> Kind:
        """How the property arrives."""
        return kind_of(self.of or MOMENT)

    @property
    def summed(self) -> Kind:
        """How sums and means of it arrive: whole units of something small, in which adding is exact."""
        return "money" if self.kind == "money" else "millionths"


class Measure(Struct, frozen=True, kw_only=True):
    """One file each. `build` gets what is asked, which rows count and the scope, and answers one value a person.

    `gives` says how the value arrives at its comparison. `of_none` stands where no event counts; None leaves it
    missing. `thresholds` says after which age (microseconds) of the youngest event that counts the value steps over one
    of the numbers it is compared with.
    """

    name: str
    takes: Takes
    gives: Callable[[Measured], Kind] = lambda _asked: "number"
    words: Mapping[str, str]
    """With {value}, the comparison in words; {property}, {where}; {noun}, one of `nouns` beside the number."""
    words_of: Mapping[str, str] | None = None
    """The same where it is about a property, if that is said in another way."""
    nouns: Noun | None = None
    build: Callable[[Measured, Any, Scope], Any]
    of_none: int | None = None
    thresholds: Callable[[float], list[int]] | None = None


def events_of(hit: Any, scope: Scope) -> Any:
    """How many different events have a row that counts: an order of three lines is one."""
    return different(hit, scope.col(ORDER), scope)


def different(hit: Any, value: Any, scope: Scope) -> Any:
    """How many different values the rows that count have; a missing value is none."""
    return scope.d.distinct(scope.only(hit, value))


def moment_of(asked: Measured, scope: Scope) -> Any:
    """The moment of an event, on the clock that the comparison reads."""
    return scope.local if asked.local else scope.col(AT)


def part(asked: Measured, hit: Any, scope: Scope) -> Any:
    """The rows that count and are the part a share is of."""
    return hit & matches(asked.where, scope)
