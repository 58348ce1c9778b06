"""Finds chains by walking through a person's events in order, for all people at once.

Of all events that fulfil a step, only the latest before an event matters to it: it is the nearest (for `gap`), has the
least between (for `not`), and its chain begins the latest (for `within`). So one pass per step is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from hourglass.audience.columns.order import FOREVER, NEVER, after, before
from hourglass.audience.columns.scope import AT, LINE, ORDER, Scope, span
from hourglass.audience.comparison.chain import Chain, Link
from hourglass.audience.comparison.occurrence import Occurrence

ENDS, FROM = "ends", "from"
"""Columns of events, after the name of their leaf: whether a chain ends there, and at which moment it began."""


def walk(chain: Chain, column: str, scope: Scope, *, of_lines: bool) -> list[list[Any]]:
    """Stages of columns of events; of a frame of lines, the first line of an event stands for it."""
    return _Walk(chain, column, scope, of_lines).stages()


class _Walk:
    """The stages, put together step by step."""

    def __init__(self, chain: Chain, column: str, scope: Scope, of_lines: bool) -> None:
        self._chain = chain
        self._hits = {of: f"{column}:hit{n}" for n, of in enumerate(chain.occurrences)} if of_lines else {}
        self._column, self._scope = column, scope
        self._stages: list[list[Any]] = []

    def stages(self) -> list[list[Any]]:
        """All of them, in order."""
        if self._hits:
            self._stages.append(self._marks())
        here, start = self._hit(self._chain.links[0].of), self._scope.col(AT)
        for number, link in enumerate(self._chain.links[1:], 1):
            here, start = self._step(number, link, here, start)
        here = self._unbroken(here)
        self._stages.append([here.alias(self._name(ENDS)), start.alias(self._name(FROM))])
        return self._stages

    def _step(self, number: int, link: Link, here: Any, start: Any) -> tuple[Any, Any]:
        """Which events are this step after a chain so far, and when that began."""
        nearest = begun = self._name(f"from{number}")
        marks = {begun: start}
        if number > 1 and link.gap is not None:
            nearest = self._name(f"near{number}")
            marks[nearest] = self._scope.col(AT)
        marked = {name: self._marked(here, value, link.without) for name, value in marks.items()}
        self._stages += before(marked, self._scope)
        last = self._scope.col(nearest)
        good = self._hit(link.of) & (last > NEVER)
        if link.gap is not None:
            good = good & (self._scope.col(AT) - last <= span(link.gap))
        self._stages.append([good.alias(self._name(f"is{number}"))])
        return self._scope.col(self._name(f"is{number}")), self._scope.col(begun)

    def _marked(self, here: Any, value: Any, without: Sequence[Occurrence]) -> Any:
        """The value where it counts; never, where something unwanted came, so that the later of the two is found."""
        broken = [self._hit(one) for one in without]
        never = self._scope.x.lit(NEVER, self._scope.x.Int64)
        otherwise = self._scope.only(reduce(lambda one, other: one | other, broken), never) if broken else None
        return self._scope.x.when(here).then(value).otherwise(otherwise)

    def _unbroken(self, here: Any) -> Any:
        """The ends of chains after which nothing unwanted comes, or only late enough."""
        found = {self._name(f"next{number}"): one for number, one in enumerate(self._chain.after)}
        moments = {name: self._scope.only(self._hit(one.of), self._scope.col(AT)) for name, one in found.items()}
        self._stages += after(moments, self._scope) if found else []
        for name, one in found.items():
            coming = self._scope.col(name)
            if one.lasting is None:
                here = here & (coming == FOREVER)
            else:
                here = here & (coming - self._scope.col(AT) >= span(one.lasting))
        return here

    def _marks(self) -> list[Any]:
        """The first line of an event stands for it, if any of its lines fits; an event without lines is one line."""
        line = self._scope.col(LINE).fill_null(0)
        first = line == line.min().over("subject", ORDER)
        marks: list[Any] = []
        for of, name in self._hits.items():
            fits = self._scope.only(of.row(self._scope), line).max().over("subject", ORDER)
            marks.append((first & ~fits.is_null()).alias(name))
        return marks

    def _hit(self, of: Occurrence) -> Any:
        return self._scope.col(self._hits[of]) if self._hits else of.row(self._scope)

    def _name(self, of: str) -> str:
        return f"{self._column}:{of}"
