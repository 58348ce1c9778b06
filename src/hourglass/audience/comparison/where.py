"""Comparisons of an event's properties: what `where` lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.audience.columns.scope import AMOUNT, AMOUNT_PARTS, AT, Scope
from hourglass.audience.comparison.compare import Kind, check_fit, compare, effective, read_comparison, said, until_flip
from hourglass.audience.operators import OPERATORS, Value
from hourglass.audience.reading import Node
from hourglass.history import MONEY
from hourglass.kernel import Malformed

MOMENT = "at"
"""The property that every event has: its moment."""

_TIME = {"en": "its time", "ru": "время"}


# What frames call their own columns; a property of such a name could not be told from them.
_TAKEN = re.compile(
    r"subject|profile_id|event|seq|line|after_seq|local|own|(at|age|local|own|now|now_local|now_own|change|change_own)_us"
    r"|(leaf|shared|clause|due|ask)[0-9]*(:.*)?"
)


class Where(Struct, frozen=True):
    """A property of the event compared with a value."""

    property: str
    op: str
    value: Value

    def test(self, scope: Scope) -> Any:
        """The row predicate."""
        return compare(self.op, self._column(scope), kind_of(self.property), self.value, scope)

    def until_flip(self, scope: Scope) -> Any | None:
        """Microseconds until time alone may change it; None where it never does."""
        return until_flip(self.op, self._column(scope), kind_of(self.property), self.value, scope)

    def _column(self, scope: Scope) -> Any:
        if self.property != MOMENT:
            return scope.property(self.property)
        return scope.local if self.by_clock(own=scope.own) else scope.col(AT)

    def by_clock(self, *, own: bool) -> bool:
        """Whether it asks what a clock showed at the event."""
        return self.property == MOMENT and effective(self.op, self.value, own=own) in ("local", "date")

    def words(self, locale: str) -> str:
        """As a part of a sentence."""
        name = _TIME.get(locale, _TIME["en"]) if self.property == MOMENT else self.property
        return f"{name} {said(self.op, self.value, locale)}"


def read_where(document: object, path: str, *, moving: bool = False) -> tuple[Where, ...]:
    """A list of {property, op, value}; missing is none. Raises Malformed with the path.

    `moving`: comparisons with the present moment are welcome; whoever allows them says when they change.
    """
    if document is None:
        return ()
    if not isinstance(document, list):
        raise Malformed("`where` is a list of {property, op, value}.", path=path)
    items = enumerate(cast("list[object]", document))
    return tuple(_read(item, f"{path}[{i}]", moving=moving) for i, item in items)


def _read(document: object, path: str, *, moving: bool) -> Where:
    node = Node(document, path, "{property, op, value}")
    node.only({"property", "op", "value"})
    name = read_property(node, "property")
    op, value = read_comparison(node)
    check_fit(node, name, kind_of(name), op, value)
    if OPERATORS[op].due is not None and not moving:
        raise Malformed(f"“{op}” looks at the present moment, which has no place here.", path=node.at("op"))
    return Where(name, op, value)


def read_property(node: Node, field: str) -> str:
    """The name of a property that can be looked at. Raises Malformed with the path."""
    name = node.text(field)
    if _TAKEN.fullmatch(name):
        raise Malformed(
            f"Conditions cannot look at a property called “{name}”; send it by another name.", path=node.at(field)
        )
    return name


def matches(where: Sequence[Where], scope: Scope) -> Any:
    """The row predicate of a `where` list; true for an empty one."""
    return scope.every([one.test(scope) for one in where])


def columns_of(names: Iterable[str]) -> frozenset[str]:
    """The columns to be read for these properties."""
    found = {part for name in names for part in (AMOUNT_PARTS if name == AMOUNT else (name,))}
    return frozenset(found - {MOMENT})


def kind_of(name: str) -> Kind:
    """How a property arrives: everything but money, counts and moments as text."""
    if name == MOMENT:
        return "moment"
    if name in MONEY:
        return "money"
    return "number" if name in ("quantity", AMOUNT) else "text"
