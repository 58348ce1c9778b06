"""Finds chains by walking through a person's events in order, for all people at once.

Of all events that fulfil a step, only the latest before an event matters to it: it is the nearest (for `gap`), has the
least between (for `not`), and its chain begins the latest (for `within`). So one pass per step is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from hourglass.audience.chain import Absence, Chain, Link
from hourglass.audience.occurrence import Occurrence
from hourglass.audience.scope import AT, LINE, ORDER, Scope, span

ENDS, FROM = "ends", "from"
"""Columns of events, after the name of their leaf: whether a chain ends there, and at which moment it began."""

_NEVER = -(2**62)
"""Before all moments: stands where the latest of what counts is something that must not be."""


def walk(chain: Chain, column: str, scope: Scope, *, of_lines: bool) -> list[list[Any]]:
    """Stages of columns of events; of a frame of lines, the first line of an event stands for it."""
    return _Walk(chain, column, scope, of_lines).stages()


class _Walk:
    """The stages, put together step by step."""

    def __init__(self, chain: Chain, column: str, scope: Scope, of_lines: bool) -> None:
        self._chain = chain
        self._marked = {of: f"{column}:hit{n}" for n, of in enumerate(chain.occurrences)} if of_lines else {}
        self._column, self._scope = column, scope
        self._stages: list[list[Any]] = []

    def stages(self) -> list[list[Any]]:
        """All of them, in order."""
        if self._marked:
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
        self._stages.append([self._latest(here, value, link.without).alias(name) for name, value in marks.items()])
        self._stages.append([self._over(self._scope.col(name).shift(1)).alias(name) for name in marks])
        before = self._scope.col(nearest)
        good = self._hit(link.of) & (before > _NEVER).fill_null(value=False)
        if link.gap is not None:
            good = good & (self._scope.col(AT) - before <= span(link.gap)).fill_null(value=False)
        self._stages.append([good.alias(self._name(f"is{number}"))])
        return self._scope.col(self._name(f"is{number}")), self._scope.col(begun)

    def _latest(self, here: Any, value: Any, without: Sequence[Occurrence]) -> Any:
        """The value at the latest event that counts, up to each event; never, where something unwanted came later."""
        broken = [self._hit(one) for one in without]
        never = self._scope.x.lit(_NEVER, self._scope.x.Int64)
        otherwise = self._scope.only(reduce(lambda one, other: one | other, broken), never) if broken else None
        marked = self._scope.x.when(here).then(value).otherwise(otherwise)
        return self._over(marked.fill_null(strategy="forward"))

    def _unbroken(self, here: Any) -> Any:
        """The ends of chains after which nothing unwanted came."""
        found = {self._name(f"next{number}"): one for number, one in enumerate(self._chain.after)}
        for stage in (self._coming, self._later) if found else ():
            self._stages.append([stage(name, one).alias(name) for name, one in found.items()])
        for name, one in found.items():
            here = here & self._far(one, self._scope.col(name))
        return here

    def _coming(self, _name: str, absence: Absence) -> Any:
        """The next unwanted event from each event on."""
        moment = self._scope.only(self._hit(absence.of), self._scope.col(AT))
        return self._over(moment.fill_null(strategy="backward"))

    def _later(self, name: str, _absence: Absence) -> Any:
        """The same after each event."""
        return self._over(self._scope.col(name).shift(-1))

    def _far(self, absence: Absence, coming: Any) -> Any:
        """Nothing unwanted comes, or it comes late enough."""
        if absence.lasting is None:
            return coming.is_null()
        return coming.is_null() | (coming - self._scope.col(AT) >= span(absence.lasting)).fill_null(value=False)

    def _marks(self) -> list[Any]:
        """The first line of an event stands for it, if any of its lines fits; an event without lines is one line."""
        line = self._scope.col(LINE).fill_null(0)
        first = line == line.min().over("subject", ORDER)
        marks: list[Any] = []
        for of, name in self._marked.items():
            fits = self._scope.only(of.row(self._scope), line).max().over("subject", ORDER)
            marks.append((first & ~fits.is_null()).alias(name))
        return marks

    def _hit(self, of: Occurrence) -> Any:
        return self._scope.col(self._marked[of]) if self._marked else of.row(self._scope)

    def _over(self, made: Any) -> Any:
        """Of each person, in the order of things."""
        return made.over("subject", order_by=[AT, ORDER])

    def _name(self, of: str) -> str:
        return f"{self._column}:{of}"
