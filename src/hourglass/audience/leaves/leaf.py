"""What an atomic condition is: how it is read from a document, what it needs, its columns, and its words."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Literal, Self

from msgspec import Struct

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.reading import Node

Source = Literal["people", "events", "lines"]


class Leaf(Struct, frozen=True):
    """One file of this folder each. Equal leaves of different conditions are computed once.

    The way to an answer: `rows` adds columns to a person's events in their order (stage by stage, each may use the one
    before), `aggregates` makes columns of the person out of them, `truth` answers from these and from the columns of
    people. `column` is the leaf's own name; whatever columns it makes begin with it.
    """

    form: ClassVar[str]
    """The field of the document by which it is known."""
    fields: ClassVar[frozenset[str]]
    """All fields it may have."""

    @classmethod
    @abstractmethod
    def read(cls, node: Node) -> Self:
        """From a document. Raises Malformed with the path and what would be right."""

    @abstractmethod
    def needs(self) -> Needs:
        """What has to be read to answer."""

    @property
    def source(self) -> Source:
        """Which frame `rows` and `aggregates` are about."""
        return "people"

    @property
    def in_order(self) -> bool:
        """Whether `rows` looks at neighbours (see order.py)."""
        return False

    def rows(self, column: str, scope: Scope) -> list[list[Any]]:
        """Stages of columns for events that stand in order, one person after the other."""
        del column, scope
        return []

    def aggregates(self, column: str, scope: Scope) -> list[Any]:
        """Columns of the person made of rows."""
        del column, scope
        return []

    @abstractmethod
    def truth(self, column: str, scope: Scope) -> Any:
        """True or false, never missing."""

    def due(self, column: str, scope: Scope) -> list[Any]:
        """Microseconds until time alone may change the answer, each missing or not above zero where it never will."""
        del column, scope
        return []

    @abstractmethod
    def words(self, locale: str) -> str:
        """A part of a sentence in English or Russian."""

    @classmethod
    @abstractmethod
    def schema(cls) -> dict[str, Any]:
        """The JSON Schema of its document."""
