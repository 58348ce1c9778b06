"""A part of everybody, drawn by lot and the same for ever: `{sample: {percent: 10, salt: spring}}`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from hourglass.audience.columns.chance import PLACES, place
from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import Scope
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.reading import Node
from hourglass.kernel import Malformed

_PERSON = "person:id"
_WORDS = {"en": "is in the {0} % sample “{1}”", "ru": "попадает в выборку «{1}» из {0} %"}


class Sample(Leaf, frozen=True):
    """Of the same salt a smaller sample lies inside a larger one; another salt draws anew."""

    form: ClassVar[str] = "sample"
    fields: ClassVar[frozenset[str]] = frozenset({"sample"})

    percent: float
    salt: str

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        asked = node.node("sample", "{percent, salt}")
        asked.only({"percent", "salt"})
        percent = asked.number("percent")
        if not 0 <= percent <= 100 or _places(percent) != int(_places(percent)):
            raise Malformed("A percentage is 0 to 100, with two decimals at most.", path=asked.at("percent"))
        return cls(percent, asked.text("salt"))

    def needs(self) -> Needs:
        """The person's own number."""
        return Needs(people=frozenset({_PERSON}))

    def truth(self, column: str, scope: Scope) -> Any:
        """The lot fell low enough."""
        del column
        drawn = place(scope.col(_PERSON), self.salt) < int(_places(self.percent))
        return drawn.fill_null(value=False)

    def words(self, locale: str) -> str:
        """“is in the 10 % sample spring”."""
        return _WORDS.get(locale, _WORDS["en"]).format(f"{self.percent:g}", self.salt)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """How many of a hundred, and a name for the draw."""
        percent = {"type": "number", "minimum": 0, "maximum": 100}
        asked = {"type": "object", "properties": {"percent": percent, "salt": {"type": "string"}}}
        asked |= {"required": ["percent", "salt"], "additionalProperties": False}
        return {"properties": {"sample": asked}, "required": ["sample"]}


def _places(percent: float) -> Decimal:
    return Decimal(str(percent)) * PLACES / 100
