"""What the catalogue says now about a product that matters to the person.

`{product: last_viewed, fact: price_dropped, by: 10%}`, `{product: last_wished, fact: price, op: at_most, value: 50}`
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs
from hourglass.audience.columns.scope import NOW, Scope, span
from hourglass.audience.comparison.compare import Kind, check_fit, compare, read_comparison, said, until_flip
from hourglass.audience.interest import BOUGHT, INTEREST, LONGEST, USUAL
from hourglass.audience.leaves.leaf import Leaf
from hourglass.audience.operators import Value
from hourglass.audience.plural import last_span
from hourglass.audience.reading import Node, meant
from hourglass.commerce import LIFE
from hourglass.kernel import Malformed

DROPPED = "price_dropped"
_FLAGS = {
    DROPPED: ("was", "current"),
    "back_in_stock": ("available", "restocked"),
    "in_stock": ("available",),
    "out_of_stock": ("available",),
}
"""Facts that are so or not, with the columns they are told from."""
_VALUES: dict[str, Kind] = {"price": "money", "stock": "number", "category": "text", "brand": "text", "name": "text"}
"""Facts that are compared, and how they arrive."""
_FACTS = (*_FLAGS, *_VALUES)
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,2})?|100) ?%")
_WORDS = {
    "en": {"last_viewed": "the last viewed product", "last_added": "the last product put into the cart",
           "last_wished": "the last product put on the wishlist", "last_bought": "the last bought product",
           "price_dropped": "its price has dropped", "back_in_stock": "it is back in stock",
           "in_stock": "it is in stock", "out_of_stock": "it is sold out", "by": " by at least {0} %",
           "within": " (in the last {0})"},
    "ru": {"last_viewed": "последний просмотренный товар", "last_added": "последний товар, положенный в корзину",
           "last_wished": "последний товар, добавленный в избранное", "last_bought": "последний купленный товар",
           "price_dropped": "его цена снизилась", "back_in_stock": "он снова в наличии", "in_stock": "он в наличии",
           "out_of_stock": "он распродан", "by": " хотя бы на {0} %", "within": " (за {0})"},
}  # fmt: skip


class Product(Leaf, frozen=True):
    """A fact about the last product a person showed interest in, if that is not too long ago."""

    form: ClassVar[str] = "product"
    fields: ClassVar[frozenset[str]] = frozenset({"product", "fact", "by", "op", "value", "within"})

    which: str
    fact: str
    by: float = 0.0
    op: str = "equals"
    value: Value = None
    within: timedelta = USUAL

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        which, fact = _one_of(node, "product", INTEREST), _one_of(node, "fact", _FACTS)
        within = node.duration("within") or USUAL
        if within > LONGEST:
            raise Malformed(f"At most {LONGEST.days} days back.", path=node.at("within"))
        for field in ("op", "value") if fact in _FLAGS else ():
            if field in node:
                raise Malformed(f"“{fact}” is so or not; it is compared with nothing.", path=node.at(field))
        if "by" in node and fact != DROPPED:
            raise Malformed(f"`by` belongs to “{DROPPED}”.", path=node.at("by"))
        if fact in _FLAGS:
            return cls(which, fact, _percent(node), within=within)
        op, value = read_comparison(node)
        check_fit(node, fact, _VALUES[fact], op, value)
        return cls(which, fact, 0.0, op, value, within)

    def needs(self) -> Needs:
        """Columns of the product; another product may be the last one after these events."""
        news = LIFE if self.which == BOUGHT else {INTEREST[self.which]}
        columns = ("at", *_FLAGS.get(self.fact, (self.fact,)))
        return Needs(people=frozenset(self._named(name) for name in columns), news=frozenset(news))

    def truth(self, column: str, scope: Scope) -> Any:
        """Recent enough, and so."""
        del column
        age = scope.col(NOW) - self._col("at", scope)
        recent = ((age >= 0) & (age <= span(self.within))).fill_null(value=False)
        return recent & self._so(scope).fill_null(value=False)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """When it is too long ago. (When the catalogue changes, catalogue.py has people looked at again.)"""
        del column
        found = [span(self.within) + 1 + self._col("at", scope) - scope.col(NOW)]
        if self.fact in _VALUES:
            flip = until_flip(self.op, self._col(self.fact, scope), _VALUES[self.fact], self.value, scope)
            found += [] if flip is None else [flip]
        return found

    def words(self, locale: str) -> str:
        """“the last viewed product (in the last 30 days): its price has dropped by at least 10 %”."""
        words = _WORDS.get(locale, _WORDS["en"])
        subject = words[self.which] + words["within"].format(last_span(self.within, locale))
        if self.fact in _VALUES:
            return f"{subject}: {self.fact} {said(self.op, self.value, locale)}"
        return f"{subject}: {words[self.fact]}" + (words["by"].format(f"{self.by:g}") if self.by else "")

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Which product, what about it."""
        return {
            "properties": {
                "product": {"enum": list(INTEREST)}, "fact": {"enum": list(_FACTS)},
                "by": {"type": "string", "pattern": f"^{_PERCENT.pattern}$"}, "op": {"$ref": "#/$defs/op"},
                "value": {}, "within": {"$ref": "#/$defs/duration"},
            },
            "required": ["product", "fact"],
        }  # fmt: skip

    def _so(self, scope: Scope) -> Any:
        match self.fact:
            case "price_dropped":
                was = self._col("was", scope)
                drop = was - self._col("current", scope)
                return (drop > 0) & (drop * 100 >= was * self.by)
            case "back_in_stock":
                return self._col("available", scope) & (self._col("restocked", scope) > self._col("at", scope))
            case "in_stock":
                return self._col("available", scope)
            case "out_of_stock":
                return ~self._col("available", scope)
            case _:
                return compare(self.op, self._col(self.fact, scope), _VALUES[self.fact], self.value, scope)

    def _named(self, name: str) -> str:
        return f"product:{self.which}:{name}"

    def _col(self, name: str, scope: Scope) -> Any:
        return scope.col(self._named(name))


def _one_of(node: Node, field: str, known: Any) -> str:
    said_ = node.text(field)
    if said_ not in known:
        raise Malformed(f"Known here: {', '.join(known)}.{meant(said_, known)}", path=node.at(field))
    return said_


def _percent(node: Node) -> float:
    if "by" not in node:
        return 0.0
    found = _PERCENT.fullmatch(str(node.get("by")))
    if found is None:
        raise Malformed("A drop is a percentage, such as 10%.", path=node.at("by"))
    return float(found[1])
