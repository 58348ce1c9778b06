"""What a person did: which event, how often or how much, when.

`{event: Order Completed, where: [...], measure: {sum: revenue}, op: at_least, value: 100, within: 90d}`
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from hourglass.audience.compare import Kind, compare, read_comparison, said, until_flip
from hourglass.audience.leaves.leaf import Leaf, Source
from hourglass.audience.measures import MEASURES, Measure, Measured, read_measure
from hourglass.audience.moments import shown_span
from hourglass.audience.needs import LINES, Needs
from hourglass.audience.operators import OPERATORS, Value
from hourglass.audience.reading import Node, number
from hourglass.audience.scope import AGE, AT, LINE, ORDER, Scope, micros, span
from hourglass.audience.where import MOMENT, Where, columns_of, matches, read_where
from hourglass.kernel import Malformed

_WORDS = {
    "en": {"did": "did “{0}”", "where": ", where {0}", "and": " and ", "within": " in the last {0}",
           "since": " since {0}", "until": " before {0}"},
    "ru": {"did": "событие «{0}»", "where": ", где {0}", "and": " и ", "within": " за последние {0}",
           "since": " с {0}", "until": " до {0}"},
}  # fmt: skip
_COUNT = Measured()


class Did(Leaf, frozen=True):
    """`since` is inclusive, `until` exclusive."""

    form: ClassVar[str] = "event"
    fields: ClassVar[frozenset[str]] = frozenset(
        {"event", "where", "measure", "op", "value", "within", "since", "until"}
    )

    event: str
    where: tuple[Where, ...] = ()
    measure: Measured = _COUNT
    op: str = "at_least"
    value: Value = 1
    within: timedelta | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """From a document."""
        measure = read_measure(node.node("measure", "a measure")) if "measure" in node else _COUNT
        op, value = read_comparison(node, "at_least", 1 if measure == _COUNT else None)
        reads = OPERATORS[op].reads
        did = cls(
            event=node.text("event"),
            where=read_where(node.get("where"), node.at("where")),
            measure=Measured(measure.name, measure.of, measure.where, local=reads == "local"),
            op=op,
            value=value,
            within=node.duration("within"),
            since=node.moment("since"),
            until=node.moment("until"),
        )
        did._check(node)
        return did

    def needs(self) -> Needs:
        """The events, as far back as the window goes."""
        properties = {one.property for one in self.where} | self.measure.properties
        clocks = [self.op, *(one.op for one in self.where if one.property == MOMENT)]
        return Needs(
            events={self.event: self.within},
            properties=columns_of(properties),
            local=any(OPERATORS[op].reads == "local" for op in clocks),
        )

    @property
    def source(self) -> Source:
        """Lines where a line is spoken of."""
        return "lines" if self._of_lines else "events"

    def rows(self, column: str, scope: Scope) -> list[list[Any]]:
        """Which lines stand for their events."""
        if not self._once:
            return []
        line = scope.col(LINE).fill_null(0)  # an event without lines is one row whose line has no number
        first = scope.only(self._row(scope), line).min().over("subject", ORDER)
        return [[(self._row(scope) & (line == first)).alias(f"{column}:hit")]]

    def aggregates(self, column: str, scope: Scope) -> list[Any]:
        """The measure, and the ages that tell when it changes by itself."""
        hit = self._hit(column, scope)
        made = [self._measure.build(self.measure, hit, scope).alias(f"{column}:measure")]
        age = scope.only(hit, scope.col(AGE))
        if self.within:
            made.append(age.max().alias(f"{column}:oldest"))
        if self._measure.thresholds:
            made.append(age.min().alias(f"{column}:youngest"))
        return made

    def truth(self, column: str, scope: Scope) -> Any:
        """The measure compared."""
        return compare(self.op, self._measured(column, scope), self._kind, self.value, scope)

    def due(self, column: str, scope: Scope) -> list[Any]:
        """When the oldest event leaves the window, when a number of days is full, when a moment is passed."""
        found: list[Any] = []
        if self.within:
            found.append(span(self.within) + 1 - scope.col(f"{column}:oldest"))
        if self._measure.thresholds:
            numbers = self.value if isinstance(self.value, tuple) else (self.value,)
            ages = [age for one in numbers if isinstance(one, int | float) for age in self._measure.thresholds(one)]
            found += [age - scope.col(f"{column}:youngest") for age in ages]
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
        if self.within:
            sentence += words["within"].format(shown_span(self.within, locale))
        for name, moment in (("since", self.since), ("until", self.until)):
            if moment:
                sentence += words[name].format(moment.date().isoformat())
        return sentence

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """An event with its optional window and measure."""
        moment, where = {"type": "string"}, {"$ref": "#/$defs/where"}
        span_ = {"$ref": "#/$defs/duration"}
        return {
            "properties": {
                "event": {"type": "string"}, "where": where, "measure": {"$ref": "#/$defs/measure"},
                "op": {"$ref": "#/$defs/op"}, "value": {}, "within": span_, "since": moment, "until": moment,
            },
            "required": ["event"],
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
        if self.within:
            hit = hit & (scope.col(AGE) <= span(self.within))
        if self.since:
            hit = hit & (scope.col(AT) >= micros(self.since))
        if self.until:
            hit = hit & (scope.col(AT) < micros(self.until))
        return hit

    def _hit(self, column: str, scope: Scope) -> Any:
        return scope.col(f"{column}:hit") if self._once else self._row(scope)

    def _measured(self, column: str, scope: Scope) -> Any:
        value, none = scope.col(f"{column}:measure"), self._measure.of_none
        return value if none is None else value.fill_null(none)

    def _amount(self, locale: str) -> str:
        words = _WORDS.get(locale, _WORDS["en"])
        where = words["and"].join(one.words(locale) for one in self.measure.where)
        pattern = self._measure.words.get(locale, self._measure.words["en"])
        return pattern.format(value=said(self.op, self.value, locale), property=self.measure.of, where=where)

    def _check(self, node: Node) -> None:
        """What no reader of a single field can see."""
        if self.within and (self.since or self.until):
            raise Malformed("Say either `within` or `since`/`until`, not both.", path=node.at("within"))
        if self.since and self.until and self.since >= self.until:
            raise Malformed("`since` comes before `until`.", path=node.at("until"))
        reads = OPERATORS[self.op].reads
        if self._kind in ("number", "money", "millionths") and reads != "text":
            for one in self.value if isinstance(self.value, tuple) else (self.value,):
                number(one, node.at("value"))
        if (self._kind == "moment") != (reads in ("moment", "local")) and reads != "text":
            kind = "a moment" if self._kind == "moment" else "no moment"
            fit = ", ".join(
                name
                for name, one in OPERATORS.items()
                if (one.reads in ("moment", "local")) == (self._kind == "moment")
            )
            raise Malformed(f"“{self.measure.name}” gives {kind}; operators for it: {fit}.", path=node.at("op"))
