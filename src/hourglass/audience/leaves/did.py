"""What a person did: which event, how often or how much, when.

`{event: Order Completed, where: [...], measure: {sum: revenue}, op: at_least, value: 100, within: 90d}`
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from hourglass.audience.columns.needs import LINES, Needs
from hourglass.audience.columns.own_clock import OWN_WORDS, ZONE
from hourglass.audience.columns.scope import AGE, LINE, ORDER, Scope, span
from hourglass.audience.comparison.compare import Kind, check_fit, compare, effective, read_comparison, said, until_flip
from hourglass.audience.comparison.where import Where, columns_of, matches, read_where
from hourglass.audience.comparison.window import Window
from hourglass.audience.leaves.leaf import Leaf, Source
from hourglass.audience.measures import MEASURES, Measure, Measured, read_measure
from hourglass.audience.operators import OPERATORS, Value
from hourglass.audience.plural import noun
from hourglass.audience.reading import Node

_WORDS = {
    "en": {"did": "did “{0}”", "where": ", where {0}", "and": " and "},
    "ru": {"did": "событие «{0}»", "where": ", где {0}", "and": " и "},
}
_COUNT, _EVER = Measured(), Window()


class Did(Leaf, frozen=True):
    """With `local`, days and hours are the customer's."""

    form: ClassVar[str] = "event"
    fields: ClassVar[frozenset[str]] = frozenset(
        {"event", "where", "measure", "op", "value", "within", "since", "until", "local"}
    )

    event: str
    where: tuple[Where, ...] = ()
    measure: Measured = _COUNT
    op: str = "at_least"
    value: Value = 1
    window: Window = _EVER
    local: bool = False

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        measure = read_measure(node.node("measure", "a measure")) if "measure" in node else _COUNT
        op, value = read_comparison(node, "at_least", 1 if measure == _COUNT else None)
        local, kind = node.flag("local"), MEASURES[measure.name].gives(measure)
        check_fit(node, measure.of or measure.name, kind, op, value)
        by_clock = kind == "moment" and effective(op, value, own=local) in ("local", "date")
        return cls(
            event=node.text("event"),
            where=read_where(node.get("where"), node.at("where"), moving=True),
            measure=Measured(measure.name, measure.of, measure.where, local=by_clock),
            op=op,
            value=value,
            window=Window.read(node),
            local=local,
        )

    def needs(self) -> Needs:
        """The events, as far back as the window goes, and whose clock is asked."""
        tests = (*self.where, *self.measure.where)
        by_clock = self.measure.local or self.window.by_clock(own=self.local)
        return Needs(
            events={self.event: self.window.reach},
            properties=columns_of({one.property for one in self.where} | self.measure.properties),
            people=frozenset({ZONE} if self.local else ()),
            local=not self.local and (by_clock or any(one.by_clock(own=False) for one in tests)),
            own=self.local,
        )

    @property
    def source(self) -> Source:
        """Lines where a line is spoken of."""
        return "lines" if self._of_lines else "events"

    def rows(self, column: str, scope: Scope) -> list[list[Any]]:
        """Which lines stand for their events."""
        scope = scope.on_clock_of(customer=self.local)
        if not self._once:
            return []
        line = scope.col(LINE).fill_null(0)  # an event without lines is one row whose line has no number
        first = scope.only(self._row(scope), line).min().over("subject", ORDER)
        return [[(self._row(scope) & (line == first)).alias(f"{column}:hit")]]

    def aggregates(self, column: str, scope: Scope) -> list[Any]:
        """The measure, and what tells when it changes by itself: ages, and when a comparison of a property flips."""
        scope = scope.on_clock_of(customer=self.local)
        hit, told = self._hit(column, scope), scope.event(self.event)
        made = [self._measure.build(self.measure, hit, scope).alias(f"{column}:measure")]
        age = scope.only(hit, scope.col(AGE))
        if self.window.within:
            made.append(age.max().alias(f"{column}:oldest"))
        if self._measure.thresholds:
            made.append(age.min().alias(f"{column}:youngest"))
        if self.window.moves:
            made.append(scope.only(told, scope.col(AGE)).max().alias(f"{column}:told"))
        for place, one in enumerate(self._moving):
            flip = scope.share_last(one.until_flip(scope))
            made.append(scope.only(told & (flip > 0), flip).min().alias(f"{column}:flip{place}"))
        return made

    def truth(self, column: str, scope: Scope) -> Any:
        """The measure compared."""
        scope = scope.on_clock_of(customer=self.local)
        return compare(self.op, self._measured(column, scope), self._kind, self.value, scope)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """When the oldest event leaves the window, when a number of days is full, when a moment is passed."""
        scope = scope.on_clock_of(customer=self.local)
        found: list[Any] = []
        if self.window.within:
            found.append(span(self.window.within) + 1 - scope.col(f"{column}:oldest"))
        if self._measure.thresholds:
            numbers = self.value if isinstance(self.value, tuple) else (self.value,)
            ages = [age for one in numbers if isinstance(one, int | float) for age in self._measure.thresholds(one)]
            found += [age - scope.col(f"{column}:youngest") for age in ages]
        told = ~scope.col(f"{column}:told").is_null() if self.window.moves else None
        found += [scope.only(told, next_) for next_ in self.window.due(scope)]
        found += [scope.col(f"{column}:flip{place}") for place in range(len(self._moving))]
        flip = until_flip(self.op, self._measured(column, scope), self._kind, self.value, scope)
        return found if flip is None else [*found, flip]

    def words(self, locale: str) -> str:
        """“did Order Completed, at least 2 times in the last 90d”."""
        words = _WORDS.get(locale, _WORDS["en"])
        sentence = words["did"].format(self.event)
        if (self.measure, self.op, self.value) != (_COUNT, "at_least", 1):
            sentence += ", " + self._amount(locale)
        if self.where:
            sentence += words["where"].format(words["and"].join(one.words(locale) for one in self.where))
        return sentence + self.window.words(locale) + (OWN_WORDS[locale == "ru"] if self.local else "")

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """An event with its optional window and measure."""
        return {
            "properties": {
                "event": {"$ref": "#/$defs/text"}, "where": {"$ref": "#/$defs/where_now"},
                "measure": {"$ref": "#/$defs/measure"}, "op": {}, "value": {}, **Window.schema(),
                "local": {"type": "boolean"},
            },
            "required": ["event"],
            "allOf": [{"$ref": "#/$defs/measured"}],
        }  # fmt: skip

    @property
    def _measure(self) -> Measure:
        return MEASURES[self.measure.name]

    @property
    def _kind(self) -> Kind:
        """How the measured value arrives at the comparison."""
        return self._measure.gives(self.measure)

    @property
    def _of_lines(self) -> bool:
        return self.measure.by_line or any(one.property.startswith(LINES) for one in self.where)

    @property
    def _once(self) -> bool:
        """Whether an event counts once, however many of its lines do."""
        return self._of_lines and not self.measure.by_line

    def _row(self, scope: Scope) -> Any:
        """Whether a row is the event, and inside the window."""
        hit = scope.event(self.event)
        if self.where:
            hit = hit & matches(self.where, scope)
        for test in self.window.holds(scope):
            hit = hit & test
        return hit

    @property
    def _moving(self) -> list[Where]:
        """Comparisons of properties with the present moment."""
        return [one for one in (*self.where, *self.measure.where) if OPERATORS[one.op].due is not None]

    def _hit(self, column: str, scope: Scope) -> Any:
        return scope.col(f"{column}:hit") if self._once else self._row(scope)

    def _measured(self, column: str, scope: Scope) -> Any:
        value, none = scope.col(f"{column}:measure"), self._measure.of_none
        return value if none is None else value.fill_null(none)

    def _amount(self, locale: str) -> str:
        words, measure = _WORDS.get(locale, _WORDS["en"]), self._measure
        patterns = measure.words_of if measure.words_of and self.measure.of else measure.words
        return patterns.get(locale, patterns["en"]).format(
            value=said(self.op, self.value, locale),
            property=self.measure.of,
            where=words["and"].join(one.words(locale) for one in self.measure.where),
            noun=self._noun(locale),
        )

    def _noun(self, locale: str) -> str:
        """The noun that goes with the number of the comparison, the last one where there are two."""
        last = self.value[-1] if isinstance(self.value, tuple) else self.value
        if self._measure.nouns is None:
            return ""
        number = last if isinstance(last, int | float) else 0
        return noun(number, self._measure.nouns, locale, genitive=OPERATORS[self.op].genitive)
