"""Leaves that were answered already: what was found stands in columns of people."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node


class _Found(Leaf, frozen=True):
    """No document has it, and it needs no words: the leaf that it stands for has some."""

    form: ClassVar[str] = ""
    fields: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, node: Node) -> Self:
        """No document has it."""
        raise NotImplementedError(node.path)

    def needs(self) -> Needs:
        """Its column is there."""
        return Needs()

    def words(self, locale: str) -> str:
        """Nobody reads it."""
        raise NotImplementedError(locale)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """No document has it."""
        raise NotImplementedError


class Known(_Found, frozen=True):
    """A truth."""

    column: str

    def truth(self, column: str, scope: Scope) -> Any:
        """What was found."""
        del column
        return scope.col(self.column)


class Later(_Found, frozen=True):
    """Columns that say in how many microseconds an answer may change."""

    columns: tuple[str, ...]

    def truth(self, column: str, scope: Scope) -> Any:
        """It asks nothing."""
        del column
        return scope.x.lit(value=True)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """All of them."""
        del column
        return [scope.col(name) for name in self.columns]
