"""One thing after another: `{sequence: [{event: Product Added}, {event: Checkout Started, gap: 2h}], within: 7d}`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import Needs, together
from hourglass.audience.columns.scope import AGE, AT, Scope, span
from hourglass.audience.comparison.chain import Chain, Link, read_chain
from hourglass.audience.comparison.walk import ENDS, FROM, walk
from hourglass.audience.leaves.leaf import Leaf, Source
from hourglass.audience.plural import last_span, shown_span
from hourglass.audience.reading import Node

_WORDS = {
    "en": {"first": "did {0}", "then": ", then {0}", "gap": " (at most {0} later)", "without": ", without {0}",
           "after": ", and no {0} since", "for": ", and no {0} for {1}", "within": ", all in the last {0}"},
    "ru": {"first": "сначала {0}", "then": ", затем {0}", "gap": " (не позже чем через {0})", "without": ", без {0}",
           "after": ", и с тех пор не было {0}", "for": ", и {1} не было {0}", "within": ", всё за {0}"},
}  # fmt: skip


class Sequence(Leaf, frozen=True):
    """Events one after the other; of one moment, in the order of the log."""

    form: ClassVar[str] = "sequence"
    fields: ClassVar[frozenset[str]] = frozenset({"sequence", "within"})

    chain: Chain
    within: timedelta | None = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        return cls(read_chain(node, "sequence"), node.duration("within"))

    def needs(self) -> Needs:
        """Every event it speaks of: what must not come between lies inside the window too."""
        return together(one.needs(self.within) for one in self.chain.occurrences)

    @property
    def source(self) -> Source:
        """Lines where a line is spoken of."""
        return "lines" if any(one.of_lines for one in self.chain.occurrences) else "events"

    @property
    def in_order(self) -> bool:
        """Events are looked at with their neighbours."""
        return True

    def rows(self, column: str, scope: Scope) -> list[list[Any]]:
        """For each event: whether a chain up to a step ends with it, and when the latest such chain began."""
        return walk(self.chain, column, scope, of_lines=self.source == "lines")

    def aggregates(self, column: str, scope: Scope) -> list[Any]:
        """How long ago the best chain began; how long the oldest one waits that has yet to stand the test of time."""
        ends = scope.col(f"{column}:{ENDS}")
        begun = scope.col(AGE) + scope.col(AT) - scope.col(f"{column}:{FROM}")
        if self._hold is None:
            return [scope.only(ends, begun).min().alias(f"{column}:age")]
        over = scope.col(AGE) >= span(self._hold)
        return [
            scope.only(ends & over, begun).min().alias(f"{column}:age"),
            scope.only(ends & ~over, scope.col(AGE)).max().alias(f"{column}:waiting"),
        ]

    def truth(self, column: str, scope: Scope) -> Any:
        """There is a chain, and it lies in the window."""
        age = scope.col(f"{column}:age")
        return ~age.is_null() if self.within is None else (age <= span(self.within)).fill_null(value=False)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """When the best chain leaves the window, when enough time without the unwanted has passed."""
        found: list[Any] = []
        if self.within is not None:
            found.append(span(self.within) + 1 - scope.col(f"{column}:age"))
        if self._hold is not None:
            found.append(span(self._hold) - scope.col(f"{column}:waiting"))
        return found

    def words(self, locale: str) -> str:
        """“did A, then B (at most 2 h later), and no C since, all in the last 7 days”."""
        words = _WORDS.get(locale, _WORDS["en"])
        sentence = "".join(_told(link, words, locale, first=not place) for place, link in enumerate(self.chain.links))
        for one in self.chain.after:
            said = words["after" if one.lasting is None else "for"]
            sentence += said.format(one.of.words(locale), shown_span(one.lasting or timedelta(), locale))
        return sentence + (words["within"].format(last_span(self.within, locale)) if self.within else "")

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Steps in their order, and a window around all of them."""
        duration, event = {"$ref": "#/$defs/duration"}, {"type": "string"}
        what = {"event": event, "where": {"$ref": "#/$defs/where"}}
        step = {"properties": what | {"gap": duration}, "required": ["event"]}
        unwanted = {"type": "object", "properties": what, "required": ["event"], "additionalProperties": False}
        absence = {"properties": {"not": unwanted, "for": duration}, "required": ["not"]}
        either = [{"type": "object", "additionalProperties": False} | one for one in (step, absence)]
        return {
            "properties": {
                "sequence": {"type": "array", "items": {"anyOf": either}, "minItems": 2}, "within": duration,
            },
            "required": ["sequence"],
        }  # fmt: skip

    @property
    def _hold(self) -> timedelta | None:
        """How long nothing unwanted may have come after the last step."""
        return max((one.lasting for one in self.chain.after if one.lasting is not None), default=None)


def _told(link: Link, words: dict[str, str], locale: str, *, first: bool) -> str:
    between = "".join(words["without"].format(one.words(locale)) for one in link.without)
    sentence = between + words["first" if first else "then"].format(link.of.words(locale))
    return sentence + (words["gap"].format(shown_span(link.gap, locale)) if link.gap else "")
