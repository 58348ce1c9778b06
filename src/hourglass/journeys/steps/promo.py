"""Promo: a code from a pool, given to this person alone; messages and later steps use it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, cast

from hourglass.commerce import GivenCode, read_span
from hourglass.journeys.steps.answer import Answer, Exit, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.emit import Emit
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_LATEST = "promo"
"""What templates call the last code that was given."""


class Promo(Step, frozen=True, kw_only=True):
    """`into`: the name of the code later; `good_for`: how long at most; `empty`: what those do who get none."""

    pool: str
    into: str
    good_for: timedelta | None
    empty: Literal["exit", "go_on"]
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """On with a code, which an event tells of; or as `empty` says."""
        return [self._answer(given) for given in facts.draw(self.pool, runs, self.good_for)]

    def _answer(self, given: GivenCode | None) -> Answer:
        if given is None:
            return Exit("no_codes_left") if self.empty == "exit" else Next(self.then)
        expires = {} if given.expires_at is None else {"expires_at": given.expires_at.isoformat()}
        known = {"code": given.code, "pool": self.pool, **expires}
        issued = Emit(event="Promo Code Issued", content=dict(known))
        return Next(self.then, learns={self.into: given.code, _LATEST: known}, does=issued)

    def needs(self) -> Sequence[Need]:
        """The pool."""
        return (Need("pool", self.pool),)

    def summary(self) -> str:
        """The pool."""
        return self.pool

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """On."""
        return (self.then,)


def read_promo(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{promo: {pool: summer, into: code, good_for: 14d, empty: exit}}`; `empty`, for no code left: exit or go_on.

    `good_for`: each code ends so long after it was given away, or when its list says, if that is earlier.
    """
    here = f"{path}.promo"
    asked = cast("dict[str, Any]", body["promo"]) if isinstance(body["promo"], dict) else {}
    only(asked, {"pool", "into", "good_for", "empty"}, here)
    pool, into, empty = asked.get("pool"), asked.get("into", "code"), asked.get("empty", "exit")
    if not isinstance(pool, str) or not pool:
        raise Malformed("Name the pool of codes: {promo: {pool: summer}}.", path=f"{here}.pool")
    if not isinstance(into, str) or not _NAME.fullmatch(into):
        raise Malformed("`into` is a name like code, made of letters, digits and _.", path=f"{here}.into")
    if into == _LATEST:
        raise Malformed("Templates say {{ promo.code }} anyway; choose another name.", path=f"{here}.into")
    if empty not in ("exit", "go_on"):
        raise Malformed("`empty` is exit or go_on.", path=f"{here}.empty")
    good_for = read_span(str(asked["good_for"]), f"{here}.good_for") if "good_for" in asked else None
    return Promo(pool=pool, into=into, good_for=good_for, empty=empty, then=inner([], f"{here}.then"))
