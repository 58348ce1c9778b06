"""Comparisons of an event's properties: what `where` lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.audience.compare import Kind, compare, read_comparison, said
from hourglass.audience.operators import OPERATORS, Value
from hourglass.audience.reading import Node
from hourglass.audience.scope import AMOUNT, AMOUNT_PARTS, AT, LOCAL, Scope
from hourglass.history import MONEY
from hourglass.kernel import Malformed

MOMENT = "at"
"""The property that every event has: its moment."""


class Where(Struct, frozen=True):
    """A property of the event compared with a value."""

    property: str
    op: str
    value: Value

    def test(self, scope: Scope) -> Any:
        """The row predicate."""
        column = scope.property(column_of(self.property, self.op))
        return compare(self.op, column, kind_of(self.property), self.value, scope)

    def words(self, locale: str) -> str:
        """As a part of a sentence."""
        return f"{self.property} {said(self.op, self.value, locale)}"


def read_where(document: object, path: str) -> tuple[Where, ...]:
    """A list of {property, op, value}; missing is none. Raises Malformed with the path."""
    if document is None:
        return ()
    if not isinstance(document, list):
        raise Malformed("`where` is a list of {property, op, value}.", path=path)
    return tuple(_read(item, f"{path}[{i}]") for i, item in enumerate(cast("list[object]", document)))


def _read(document: object, path: str) -> Where:
    node = Node(document, path, "{property, op, value}")
    node.only({"property", "op", "value"})
    name = node.text("property")
    return Where(name, *read_comparison(node))


def matches(where: Sequence[Where], scope: Scope) -> Any:
    """The row predicate of a `where` list; true for an empty one."""
    return scope.every([one.test(scope) for one in where])


def column_of(name: str, op: str) -> str:
    """The column that answers for a property."""
    if name != MOMENT:
        return name
    return LOCAL if OPERATORS[op].reads == "local" else AT


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
