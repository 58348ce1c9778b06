"""Which variant the rest of a campaign gets: chosen by numbers, or by a person, and never without a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, cast

from msgspec import Struct

from hourglass.campaigns.documents.tryout import Tryout, WinnerBy
from hourglass.experiments import Difference, Moments, difference
from hourglass.messages import Response

Reason = Literal["certain", "best_so_far", "fallback", "nothing_happened", "guarded", "by_hand"]


class VariantNumbers(Struct, frozen=True, kw_only=True):
    """What the test showed of one variant. `each`: what counts, for each person it was meant for.

    `low` and `high`: by how much the one that did best is ahead of it for each person, always-valid; null: for the
    best itself, and while it is too early to say.
    """

    variant: str
    people: int
    sent: int
    count: int
    """People who opened, clicked or left; orders; revenue in minor units."""
    each: float
    low: float | None = None
    high: float | None = None
    left: int = 0
    """People who unsubscribed or complained."""


class CampaignChoice(Struct, frozen=True, kw_only=True):
    """The decision as it is kept. `author`: who chose by hand."""

    variant: str
    reason: Reason
    at: datetime
    winner_by: WinnerBy
    confidence: float
    numbers: list[VariantNumbers]
    author: str | None = None
    passed_over: str | None = None
    """Did better, but drove more people away."""


def choose(
    tryout: Tryout, names: Sequence[str], found: Mapping[str, Response], now: datetime, *, over: bool
) -> CampaignChoice | None:
    """The choice that the numbers allow; None while it is not `over` and none is certainly ahead of all others."""
    harmful = driving_away(tryout, names, found)
    calm = [name for name in names if name not in harmful]
    best, numbers = ranked(tryout, names, found, calm)
    certain = all(_ahead(tryout, one) for one in numbers if one.variant in calm and one.variant != best)
    if not certain and not over:
        return None
    wished, _ = ranked(tryout, names, found)
    variant, reason = best, cast("Reason", "certain" if certain else "best_so_far")
    fallback = tryout.fallback if tryout.fallback in calm else None
    if wished in harmful:
        reason = "guarded"
    elif not certain and not any(one.count for one in numbers):
        variant, reason = fallback or calm[0], "nothing_happened"
    elif not certain and fallback is not None:
        variant, reason = fallback, "fallback"
    return CampaignChoice(
        variant=variant,
        reason=reason,
        at=now,
        winner_by=tryout.winner_by,
        confidence=tryout.confidence,
        numbers=numbers,
        passed_over=wished if wished in harmful else None,
    )


def driving_away(tryout: Tryout, names: Sequence[str], found: Mapping[str, Response]) -> set[str]:
    """The guard: variants that certainly make more people unsubscribe or complain than the calmest one."""
    if tryout.winner_by == "unsubscribes":
        return set()
    moments = {name: moments_of(found.get(name), "unsubscribes") for name in names}
    calmest = min(names, key=lambda name: moments[name].mean)
    alpha = tryout.alpha(len(names))
    more = {name: difference(moments[name], moments[calmest], alpha=alpha).low for name in names if name != calmest}
    return {name for name, low in more.items() if low is not None and low > 0}


def ranked(
    tryout: Tryout, names: Sequence[str], found: Mapping[str, Response], of: Sequence[str] | None = None
) -> tuple[str, list[VariantNumbers]]:
    """The best so far of these or all (of equals the first), and what is known of each variant beside it."""
    moments = {name: moments_of(found.get(name), tryout.winner_by) for name in names}
    sign = -1 if tryout.winner_by == "unsubscribes" else 1
    best = max(of or names, key=lambda name: sign * moments[name].mean)
    alpha = tryout.alpha(len(names))
    beside = {name: difference(moments[best], moments[name], alpha=alpha) for name in names if name != best}
    return best, [_numbers(name, found.get(name), moments[name], beside.get(name)) for name in names]


def moments_of(found: Response | None, winner_by: WinnerBy) -> Moments:
    """One outcome, over the people of one variant."""
    if found is None or not found.people:
        return Moments(people=0, mean=0.0, variance=0.0)
    if winner_by in ("orders", "revenue"):
        total, variance = (
            (found.orders, found.orders_variance) if winner_by == "orders" else (found.revenue, found.revenue_variance)
        )
        return Moments(people=found.people, mean=total / found.people, variance=variance, happened=found.buyers)
    count = {"opens": found.opened, "clicks": found.clicked, "unsubscribes": found.turned_away}[winner_by]
    share = count / found.people
    spread = share * (1 - share) * found.people / max(found.people - 1, 1)
    return Moments(people=found.people, mean=share, variance=spread, happened=count)


def _numbers(name: str, found: Response | None, own: Moments, beside: Difference | None) -> VariantNumbers:
    return VariantNumbers(
        variant=name,
        people=own.people,
        sent=0 if found is None else found.sent,
        count=round(own.mean * own.people),
        each=own.mean,
        low=None if beside is None else beside.low,
        high=None if beside is None else beside.high,
        left=0 if found is None else found.turned_away,
    )


def _ahead(tryout: Tryout, one: VariantNumbers) -> bool:
    if one.low is None or one.high is None:
        return False
    return one.high < 0 if tryout.winner_by == "unsubscribes" else one.low > 0
