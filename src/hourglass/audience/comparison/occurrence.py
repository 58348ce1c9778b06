"""An event of a certain kind: its name and what its properties say. What steps of a sequence are made of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Self

from msgspec import Struct

from hourglass.audience.columns.needs import LINES, Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.comparison.where import Where, columns_of, matches, read_where
from hourglass.audience.reading import Node

_WORDS = {"en": ("“{0}”", ", where {0}", " and "), "ru": ("«{0}»", ", где {0}", " и ")}


class Occurrence(Struct, frozen=True):
    """`{event: Product Added, where: [...]}`."""

    event: str
    where: tuple[Where, ...] = ()

    @classmethod
    def read(cls, node: Node, besides: Collection[str] = ()) -> Self:
        """From a document, which may have these fields besides. Raises Malformed with the path."""
        node.only({"event", "where", *besides})
        return cls(node.text("event"), read_where(node.get("where"), node.at("where")))

    def needs(self, window: timedelta | None) -> Needs:
        """The event, so far back."""
        return Needs(
            events={self.event: window},
            properties=columns_of(one.property for one in self.where),
            local=any(one.by_clock(own=False) for one in self.where),
        )

    @property
    def of_lines(self) -> bool:
        """Whether it speaks of a line."""
        return any(one.property.startswith(LINES) for one in self.where)

    def row(self, scope: Scope) -> Any:
        """Whether a row is one."""
        hit = scope.event(self.event)
        return hit & matches(self.where, scope) if self.where else hit

    def words(self, locale: str) -> str:
        """“Product Added, where price at least 10”."""
        name, where, joint = _WORDS.get(locale, _WORDS["en"])
        told = where.format(joint.join(one.words(locale) for one in self.where)) if self.where else ""
        return name.format(self.event) + told
