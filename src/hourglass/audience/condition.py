"""The condition tree: what a marketer says about people, as structs.

Meaning only; nothing here knows how it is computed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

Single = str | int | float | bool
Value = Single | tuple[Single, ...] | None
MeasureKind = Literal["count", "sum", "avg", "min", "max", "distinct"]


class AllOf(Struct, frozen=True):
    """Every one of them holds."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """At least one of them holds."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True):
    """It does not hold; for something that is missing, that is true."""

    of: Condition


class Trait(Struct, frozen=True):
    """A trait of the profile compared with a value."""

    name: str
    op: str
    value: Value


class Where(Struct, frozen=True):
    """A property of the event compared with a value."""

    property: str
    op: str
    value: Value


class Measure(Struct, frozen=True):
    """How the matching events become one number; `property` is missing for count."""

    kind: MeasureKind
    property: str | None = None


class Did(Struct, frozen=True):
    """What a person did: which event, how often or how much, when. `since` is inclusive, `until` exclusive."""

    event: str
    where: tuple[Where, ...] = ()
    measure: Measure = Measure("count")
    op: str = "at_least"
    value: Value = 1
    within: timedelta | None = None
    since: datetime | None = None
    until: datetime | None = None


class InSegment(Struct, frozen=True):
    """Is a member of another segment."""

    key: str


class HasConsent(Struct, frozen=True):
    """Agreed to a topic on a channel."""

    channel: str
    topic: str


Condition = AllOf | AnyOf | Not | Trait | Did | InSegment | HasConsent


def leaves(condition: Condition) -> list[Trait | Did | InSegment | HasConsent]:
    """The atomic conditions of a tree, each once, in order of appearance."""
    match condition:
        case AllOf(of) | AnyOf(of):
            found = [leaf for child in of for leaf in leaves(child)]
        case Not(of):
            found = leaves(of)
        case _:
            found = [condition]
    return list(dict.fromkeys(found))
