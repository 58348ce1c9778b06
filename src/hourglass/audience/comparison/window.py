"""When an event counts: in the last so many days, between two dates, since a week or a month began."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal, Self, cast

from msgspec import Struct

from hourglass.audience.columns.clocks import stretch
from hourglass.audience.columns.days import beginning, next_beginning
from hourglass.audience.columns.scope import AGE, AT, Scope, span
from hourglass.audience.operators.spoken import spoken
from hourglass.audience.operators.values import MOMENT, SPAN
from hourglass.audience.plural import last_span
from hourglass.audience.reading import Node, day_or_moment
from hourglass.kernel import Malformed

Relative = Literal["today", "this_week", "this_month", "this_year"]
_LONGEST: dict[str, timedelta] = {
    "today": timedelta(days=2),
    "this_week": timedelta(days=8),
    "this_month": timedelta(days=32),
    "this_year": timedelta(days=367),
}
"""How far back each may reach, with an hour to spare for clocks that are put back."""
_WORDS = {
    "en": {"and": " and", "within": " in the last {0}", "since": " since {0}", "until": " before {0}",
           "today": "today began", "this_week": "this week began", "this_month": "this month began",
           "this_year": "this year began"},
    "ru": {"and": " и", "within": " за {0}", "since": " с {0}", "until": " до {0}", "today": "начала дня",
           "this_week": "начала недели", "this_month": "начала месяца", "this_year": "начала года"},
}  # fmt: skip


class Window(Struct, frozen=True):
    """`since` is inclusive, `until` exclusive; what names no zone is on the clock that the scope stands for."""

    within: timedelta | None = None
    since: date | str | None = None
    until: date | str | None = None

    @classmethod
    def read(cls, node: Node) -> Self:
        """The fields `within`, `since` and `until`. Raises Malformed with the path."""
        found = cls(node.duration("within"), _edge(node, "since"), _edge(node, "until"))
        if found.within and (found.since or found.until):
            raise Malformed("Say either `within` or `since`/`until`, not both.", path=node.at("within"))
        since, until = found.since, found.until
        if isinstance(since, date) and isinstance(until, date):
            if stretch(since, "UTC").start >= stretch(until, "UTC").start:
                raise Malformed("`since` comes before `until`.", path=node.at("until"))
        elif isinstance(since, str) and isinstance(until, str) and _LONGEST[since] <= _LONGEST[until]:
            raise Malformed(f"“{since}” does not begin before “{until}”.", path=node.at("until"))
        return found

    @property
    def reach(self) -> timedelta | None:
        """How far back it may reach; None: as far as there is anything."""
        return _LONGEST[self.since] if isinstance(self.since, str) else self.within

    @property
    def moves(self) -> bool:
        """Whether it begins or ends with a day, a week, a month or a year that passes."""
        return isinstance(self.since, str) or isinstance(self.until, str)

    def by_clock(self, *, own: bool) -> bool:
        """Whether it asks what a clock showed at the event."""
        return self.moves or (own and any(_is_by_clock(edge) for edge in (self.since, self.until)))

    def holds(self, scope: Scope) -> list[Any]:
        """What must be true of the row."""
        tests = [scope.col(AGE) <= span(self.within)] if self.within else []
        for edge, reached in ((self.since, True), (self.until, False)):
            if edge is not None:
                moment, begun = _begun(edge, scope)
                tests.append(moment >= begun if reached else moment < begun)
        return tests

    def due(self, scope: Scope) -> list[Any]:
        """Microseconds until the next day, week, month or year begins."""
        edges = [edge for edge in (self.since, self.until) if isinstance(edge, str)]
        return [scope.until_clock(scope.share(next_beginning(scope.now_local, edge, scope))) for edge in edges]

    def words(self, locale: str) -> str:
        """“ in the last 90 days”."""
        words = _WORDS.get(locale, _WORDS["en"])
        sentence = words["within"].format(last_span(self.within, locale)) if self.within else ""
        for name, edge in (("since", self.since), ("until", self.until)):
            if edge is not None:
                sentence += words["and"] if sentence else ""
                sentence += words[name].format(words[edge] if isinstance(edge, str) else spoken(edge, locale))
        return sentence

    @staticmethod
    def schema() -> dict[str, Any]:
        """The three fields."""
        edge = {"anyOf": [{"enum": list(_LONGEST)}, MOMENT]}
        return {"within": SPAN, "since": edge, "until": edge}


def _edge(node: Node, field: str) -> date | str | None:
    value = node.get(field)
    if value is None:
        return None
    if isinstance(value, str) and value in _LONGEST:
        return value
    try:
        return day_or_moment(value, node.at(field))
    except Malformed as error:
        raise Malformed(f"{error.sentence} Or one of {', '.join(_LONGEST)}.", path=error.path) from error


def _begun(edge: date | str, scope: Scope) -> tuple[Any, Any]:
    """The moment of the event and the edge, on the same clock."""
    if isinstance(edge, str):
        return scope.local, scope.share(beginning(scope.now_local, cast("Relative", edge), scope))
    if scope.own and _is_by_clock(edge):
        return scope.local, stretch(edge, None).start
    return scope.col(AT), stretch(edge, scope.zone).start


def _is_by_clock(edge: date | str | None) -> bool:
    """A date, or a time that does not say where."""
    if not isinstance(edge, date):
        return False
    return not isinstance(edge, datetime) or edge.tzinfo is None
