"""Membership of another segment or list: `{segment: vip}`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node

_WORDS = {"en": "is in segment “{0}”", "ru": "входит в сегмент «{0}»"}


class InSegment(Leaf, frozen=True):
    """Is a member of another segment."""

    form: ClassVar[str] = "segment"
    fields: ClassVar[frozenset[str]] = frozenset({"segment"})

    key: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        return cls(node.text("segment"))

    def needs(self) -> Needs:
        """The membership."""
        return Needs(people=frozenset({f"segment:{self.key}"}))

    def truth(self, column: str, scope: Scope) -> Any:
        """A flag that is there or not."""
        del column
        return scope.col(f"segment:{self.key}").fill_null(value=False)

    def words(self, locale: str) -> str:
        """“is in segment vip”."""
        return _WORDS.get(locale, _WORDS["en"]).format(self.key)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """The key of a segment."""
        return {"properties": {"segment": {"type": "string"}}, "required": ["segment"]}
