"""The test of a campaign's variants: how many see them first, for how long, and what the best is known by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Literal, cast, get_args

from msgspec import Struct

from hourglass.experiments import read_percent
from hourglass.kernel import Malformed, parse_duration

_FIELDS = {"share", "for", "winner_by", "confidence", "fallback"}
_SAID = "`test` is {share: 20, for: 4h, winner_by: clicks}: twenty of a hundred see the variants first."
_LEAST_SHARE, MOST_SHARE = 1, 90
_SHORTEST, _LONGEST = timedelta(minutes=10), timedelta(days=14)
_LEAST_SURE, _MOST_SURE = 80, 99.9
_WHOLE = 100
_SHARE_IS, _SURE_IS = "how many of a hundred see the variants", "how sure it must be of the winner"
WinnerBy = Literal["clicks", "opens", "orders", "revenue", "unsubscribes"]


class Tryout(Struct, frozen=True, kw_only=True):
    """So many of a hundred see the variants; after `span` at the latest the rest gets the one that did best."""

    share: float
    span: timedelta
    winner_by: WinnerBy
    confidence: float
    """How sure it must be of a difference to call it certain, in a hundred."""
    fallback: str | None
    """What the rest gets when nothing is certain; null: the best so far."""

    def alpha(self, variants: int) -> float:
        """The doubt that is left to each pair of variants (Bonferroni): the best is only picked after looking."""
        return (1 - self.confidence / _WHOLE) / (variants * (variants - 1) / 2)


def read_tryout(value: object, names: Iterable[str]) -> Tryout | None:
    """`{share: 20, for: 4h, winner_by: clicks}`, optionally confidence and fallback; Malformed with the place."""
    if value is None:
        return None
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    strange = sorted(told.keys() - _FIELDS)
    if strange or not told:
        raise Malformed(_SAID, path=f"test.{strange[0]}" if strange else "test")
    variants = list(names)
    if not variants:
        raise Malformed("A test needs `variants` to choose from.", path="test")
    winner_by, fallback = told.get("winner_by", "clicks"), told.get("fallback")
    if winner_by not in get_args(WinnerBy):
        raise Malformed(f"The winner is known by one of: {', '.join(get_args(WinnerBy))}.", path="test.winner_by")
    if fallback is not None and fallback not in variants:
        raise Malformed(f"There is no variant “{fallback}”; there are {', '.join(variants)}.", path="test.fallback")
    return Tryout(
        share=read_percent(told.get("share", 20), "test.share", _LEAST_SHARE, MOST_SHARE, _SHARE_IS),
        span=_span(told.get("for")),
        winner_by=winner_by,
        confidence=read_percent(told.get("confidence", 95), "test.confidence", _LEAST_SURE, _MOST_SURE, _SURE_IS),
        fallback=fallback,
    )


def _span(value: object) -> timedelta:
    span = parse_duration(value, "test.for") if isinstance(value, str) else timedelta()
    if not _SHORTEST <= span <= _LONGEST:
        raise Malformed("`for` is how long the test runs, 10m to 14d: 4h.", path="test.for")
    return span
