"""What an experiment has shown so far, arm by arm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isfinite

from msgspec import Struct

from hourglass.experiments.difference import Difference, difference
from hourglass.experiments.people import Metric, Tallies, Tally, tally
from hourglass.experiments.ratio import Ratio, check_ratio
from hourglass.experiments.sequence import ALPHA
from hourglass.experiments.source import ExperimentKind, Source, find_source
from hourglass.experiments.verdict import Verdict, verdict
from hourglass.kernel import Malformed, Workspace
from hourglass.postgres import Transaction

WINDOW = timedelta(days=14)
_LONGEST = 365
_COMPARED: tuple[Metric, ...] = ("revenue", "orders", "conversion", "unsubscribed", "complained")


class ArmEffect(Struct, frozen=True, kw_only=True):
    """One metric of an arm beside the baseline, for each person; null bounds: too early to say.

    The interval may be looked at every day (docs/decisions/0017); the textbook's holds for one look only.
    """

    metric: Metric
    estimate: float
    low: float | None
    high: float | None
    textbook_low: float | None
    textbook_high: float | None
    sharpened: float
    """Share of the variance that the past explained and CUPED took out."""
    certain: bool
    """0 is outside of the interval."""
    added: float
    """The estimate for everybody in the arm whose window is over: what would not have been without it."""
    added_low: float | None
    added_high: float | None


class ArmResult(Struct, frozen=True, kw_only=True):
    """One arm. All but `assigned` is about those whose window is over; money in minor units, net of refunds."""

    arm: str
    weight: float
    assigned: int
    people: int
    buyers: int
    orders: int
    revenue: int
    credited: int
    """Revenue credited to its messages by the rules of attribution, to be read beside what was really added."""
    unsubscribed: int
    complained: int
    effects: list[ArmEffect]
    """None for the baseline."""


class ExperimentResults(Struct, frozen=True, kw_only=True):
    """An experiment as of now. `pending`: people whose window is not over yet; they count when it is."""

    kind: ExperimentKind
    key: str
    step: str | None
    name: str
    since: datetime
    days: float
    currency: str
    baseline: str
    pending: int
    crossed: int
    arms: list[ArmResult]
    ratio: Ratio
    verdict: Verdict


def results(
    tx: Transaction,
    workspace: Workspace,
    kind: ExperimentKind,
    key: str,
    now: datetime,
    *,
    step: str | None = None,
    days: float | None = None,
) -> ExperimentResults:
    """What came of it within so many days after each person was assigned. Raises NotFound, Malformed for the days."""
    window = _window(days)
    source = find_source(tx, workspace.id, kind, key, step)
    tallies = tally(tx, workspace, source, window, now)
    any_metric = {arm: of_arm["orders"] for arm, of_arm in tallies.items()}
    arms = [_arm(arm, source, tallies) for arm in (*source.weights, *sorted(tallies.keys() - source.weights.keys()))]
    ratio = check_ratio({arm: one.assigned for arm, one in any_metric.items()}, source.weights)
    return ExperimentResults(
        kind=kind,
        key=key,
        step=step,
        name=source.name,
        since=source.since,
        days=window / timedelta(days=1),
        currency=workspace.currency,
        baseline=source.baseline,
        pending=sum(one.assigned - one.people for one in any_metric.values()),
        crossed=sum(one.crossed for one in any_metric.values()),
        arms=arms,
        ratio=ratio,
        verdict=verdict(ratio, {arm.arm: {one.metric: one for one in arm.effects} for arm in arms}),
    )


def _window(days: float | None) -> timedelta:
    if days is None:
        return WINDOW
    if not isfinite(days) or not 0 < days <= _LONGEST:
        raise Malformed(f"`days` is how long each person is watched, up to {_LONGEST}.", path="days")
    return timedelta(days=days)


def _arm(arm: str, source: Source, tallies: Tallies) -> ArmResult:
    own = tallies.get(arm, {})
    base = tallies.get(source.baseline, {}) if arm != source.baseline else {}
    alpha = ALPHA / max(len(source.weights) - 1, 1)
    of_orders = own.get("orders")
    return ArmResult(
        arm=arm,
        weight=source.weights.get(arm, 0.0),
        assigned=of_orders.assigned if of_orders else 0,
        people=of_orders.people if of_orders else 0,
        buyers=of_orders.happened if of_orders else 0,
        orders=_total(own, "orders"),
        revenue=_total(own, "revenue"),
        credited=_total(own, "credited"),
        unsubscribed=_total(own, "unsubscribed"),
        complained=_total(own, "complained"),
        effects=[
            _effect(own[metric], difference(own[metric].moments, base[metric].moments, alpha=alpha))
            for metric in _COMPARED
            if metric in own and metric in base
        ],
    )


def _total(own: Mapping[Metric, Tally], metric: Metric) -> int:
    return round(own[metric].total) if metric in own else 0


def _effect(own: Tally, found: Difference) -> ArmEffect:
    return ArmEffect(
        metric=own.metric,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        textbook_low=found.textbook_low,
        textbook_high=found.textbook_high,
        sharpened=found.sharpened,
        certain=found.certain,
        added=found.estimate * own.people,
        added_low=None if found.low is None else found.low * own.people,
        added_high=None if found.high is None else found.high * own.people,
    )
