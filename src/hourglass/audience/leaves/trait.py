"""What is known about the person: `{trait: city, op: equals, value: Almaty}`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.own_clock import OWN_WORDS, ZONE
from hourglass.audience.columns.scope import Scope
from hourglass.audience.comparison.compare import compare, read_comparison, said, until_flip
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.operators import Value
from hourglass.audience.reading import Node


class Trait(Leaf, frozen=True):
    """A trait of the profile compared with a value."""

    form: ClassVar[str] = "trait"
    fields: ClassVar[frozenset[str]] = frozenset({"trait", "op", "value", "local"})

    name: str
    op: str
    value: Value
    local: bool = False

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        return cls(node.text("trait"), *read_comparison(node), local=node.flag("local"))

    def needs(self) -> Needs:
        """The trait."""
        own = {ZONE} if self.local else set[str]()
        return Needs(people=frozenset({f"trait:{self.name}"} | own), own=self.local)

    def truth(self, column: str, scope: Scope) -> Any:
        """The comparison."""
        del column
        scope = scope.on_clock_of(customer=self.local)
        return compare(self.op, scope.col(f"trait:{self.name}"), "text", self.value, scope)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """Dates come nearer by themselves."""
        del column
        scope = scope.on_clock_of(customer=self.local)
        flip = until_flip(self.op, scope.col(f"trait:{self.name}"), "text", self.value, scope)
        return [] if flip is None else [flip]

    def words(self, locale: str) -> str:
        """“city is Almaty”."""
        return f"{self.name} {said(self.op, self.value, locale)}{OWN_WORDS[locale == 'ru'] if self.local else ''}"

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Any operator, with a value of its kind."""
        return {
            "properties": {"trait": {"$ref": "#/$defs/text"}, "op": {}, "value": {}, "local": {"type": "boolean"}},
            "required": ["trait"],
            "allOf": [{"$ref": "#/$defs/comparison"}],
        }
