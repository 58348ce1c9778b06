"""Promo: a code from a pool, given to this person alone; messages and later steps use it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from hourglass.journeys.steps.answer import Answer, Exit, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class Promo(Step, frozen=True, kw_only=True):
    """`into`: the name of the code later; `empty`: what those do for whom none is left."""

    pool: str
    into: str
    empty: Literal["exit", "go_on"]
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """On with a code, or as `empty` says."""
        answers: list[Answer] = []
        for code in facts.draw(self.pool, runs):
            if code is None and self.empty == "exit":
                answers.append(Exit("no_codes_left"))
            else:
                answers.append(Next(self.then, learns={} if code is None else {self.into: code}))
        return answers

    def summary(self) -> str:
        """The pool."""
        return self.pool

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """On."""
        return (self.then,)


def read_promo(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{promo: {pool: summer, into: code, empty: exit}}`; `empty` is exit or go_on, for when no code is left."""
    here = f"{path}.promo"
    asked = cast("dict[str, Any]", body["promo"]) if isinstance(body["promo"], dict) else {}
    only(asked, {"pool", "into", "empty"}, here)
    pool, into, empty = asked.get("pool"), asked.get("into", "code"), asked.get("empty", "exit")
    if not isinstance(pool, str) or not pool:
        raise Malformed("Name the pool of codes: {promo: {pool: summer}}.", path=f"{here}.pool")
    if not isinstance(into, str) or not _NAME.fullmatch(into):
        raise Malformed("`into` is a name like code, made of letters, digits and _.", path=f"{here}.into")
    if empty not in ("exit", "go_on"):
        raise Malformed("`empty` is exit or go_on.", path=f"{here}.empty")
    return Promo(pool=pool, into=into, empty=empty, then=inner([], f"{here}.then"))
