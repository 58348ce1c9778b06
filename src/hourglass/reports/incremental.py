"""What there is only because of a journey or campaign: orders and revenue beside its control group, as one sentence."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.experiments import ArmResult, ExperimentResults, results
from hourglass.journeys import Journey
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction
from hourglass.reports.words import Words, money, number, pair

_ADDED = pair(
    (
        "It added {added} ({low} to {high}) within {days} days of {people} people, beside {control} who got nothing.",
        "Добавилось {added} (от {low} до {high}) за {days} дн.: {people} чел. получали сообщения, {control} — нет.",
    )
)
_BESIDE = pair(
    (
        "So far the days of {people} people with messages are over, and of {control} who got nothing.",
        "Срок наблюдения вышел у {people} чел. с сообщениями и у {control} из контрольной группы.",
    )
)


class Incremental(Struct, frozen=True, kw_only=True):
    """About everybody let in whose `days` are over. Money in minor units; null bounds: too early to say.

    The interval may be looked at every day: see the page about experiments.
    """

    people: int
    kept_out: int
    days: float
    currency: str
    revenue: float | None
    revenue_low: float | None
    revenue_high: float | None
    orders: float | None
    certain: bool
    words: Words


def read_incremental(
    tx: Transaction, workspace: Workspace, journey: Journey, now: datetime, days: float | None = None
) -> Incremental | None:
    """None for a journey without a control group. `days`: how long each person is watched, 14 unless told."""
    if not journey.control:
        return None
    return incremental(results(tx, workspace, "journey", journey.key, now, days=days))


def incremental(found: ExperimentResults) -> Incremental:
    """The same of any control group's results."""
    control, treated = found.arms[0], found.arms[-1]
    of = {effect.metric: effect for effect in treated.effects}
    revenue, orders = of.get("revenue"), of.get("orders")
    known = revenue is not None and revenue.added_low is not None and not found.ratio.mismatch
    return Incremental(
        people=treated.people,
        kept_out=control.people,
        days=found.days,
        currency=found.currency,
        revenue=revenue.added if revenue is not None and known else None,
        revenue_low=revenue.added_low if revenue is not None and known else None,
        revenue_high=revenue.added_high if revenue is not None and known else None,
        orders=orders.added if orders is not None and known else None,
        certain=revenue is not None and known and revenue.certain,
        words={language: _said(found, control, treated, language, known=known) for language in ("en", "ru")},
    )


def _said(found: ExperimentResults, control: ArmResult, treated: ArmResult, language: str, *, known: bool) -> str:
    verdict = found.verdict.words[language]
    told = {"people": number(treated.people, language), "control": number(control.people, language)}
    revenue = next((effect for effect in treated.effects if effect.metric == "revenue"), None)
    if not known or revenue is None or revenue.added_low is None or revenue.added_high is None:
        return f"{_BESIDE[language].format(**told)} {verdict}"
    low, added, high = (
        money(minor, found.currency, language) for minor in (revenue.added_low, revenue.added, revenue.added_high)
    )
    return f"{_ADDED[language].format(added=added, low=low, high=high, days=f'{found.days:g}', **told)} {verdict}"
