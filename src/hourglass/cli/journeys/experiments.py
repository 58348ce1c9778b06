"""`hourglass experiments`: which there are, and what they have shown so far."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from hourglass import experiments
from hourglass.app import installation_clock
from hourglass.cli.campaigns.report import table
from hourglass.cli.journeys.experiment_words import say
from hourglass.cli.language import Lang, Language, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.experiments import ArmEffect, ExperimentKind, ExperimentResults
from hourglass.kernel import to_major

EXPERIMENTS = App(name="experiments", help="Experiments: control groups and split journeys, and what they have shown.")

_LISTED = ("kind", "key", "step", "arms", "since", "name")
_COUNTED = ("arm", "people", "buyers", "conversion", "orders", "revenue", "credited", "unsubscribed", "complained")


@EXPERIMENTS.command(name="list")
def show_all(*, lang: Lang = None, data: DataFolder = None) -> None:
    """Every control group, and every step of a journey that gives arms."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = experiments.all_sources(tx, workspace.id)
        language = language_of(lang, workspace)
        table(
            [say(name, language) for name in _LISTED],
            [
                [say(one.kind, language), one.key, one.step,
                 " · ".join(f"{say(arm, language)} {weight:g}" for arm, weight in one.weights.items()),
                 f"{one.since.astimezone(workspace.tz()):%Y-%m-%d}", one.name]
                for one in found
            ],
        )  # fmt: skip


@EXPERIMENTS.command
def results(
    kind: Annotated[ExperimentKind, Parameter(help="What draws it: journey, campaign or policy.")],
    key: Annotated[str, Parameter(help="Key of the journey or campaign; the policy's is default.")],
    *,
    step: Annotated[
        str | None, Parameter(help="A step that gives arms, like steps[2]; else the control group.")
    ] = None,
    days: Annotated[float | None, Parameter(help="How long each person is watched; 14 unless told.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """People, orders and money by arm, and what is certain about the difference."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        found = experiments.results(tx, workspace, kind, key, now, step=step, days=days)
        language = language_of(lang, workspace)
        since = f"{found.since.astimezone(workspace.tz()):%Y-%m-%d}"
    print(say("about", language, name=found.name, since=since, days=f"{found.days:g}"))
    print(found.verdict.words[language])
    _arms(found, language)
    _effects(found, language)
    for word, count in (("pending", found.pending), ("crossed", found.crossed)):
        if count:
            print(say(word, language, count=count))


def _arms(found: ExperimentResults, language: Language) -> None:
    headings = [say(name, language) for name in _COUNTED]
    headings[5] += f", {found.currency}"
    table(
        headings,
        [
            [say(one.arm, language), one.people, one.buyers, f"{one.buyers / one.people:.2%}" if one.people else "",
             one.orders, to_major(one.revenue, found.currency), to_major(one.credited, found.currency),
             one.unsubscribed, one.complained]
            for one in found.arms
        ],
    )  # fmt: skip


def _effects(found: ExperimentResults, language: Language) -> None:
    beside = say("beside", language, baseline=say(found.baseline, language))
    table(
        [say("arm", language), beside, *(say(name, language) for name in ("added", "low", "high", "certain"))],
        [
            [say(arm.arm, language), _metric(one, found.currency, language), *_added(one, found.currency),
             say("yes" if one.certain else "no", language)]
            for arm in found.arms
            for one in arm.effects
        ],
    )  # fmt: skip


def _metric(one: ArmEffect, currency: str, language: Language) -> str:
    """As it is counted: of revenue the sum, of orders and conversion the orders and buyers."""
    names = {"orders": "orders_added", "conversion": "buyers"}
    name = say(names.get(one.metric, one.metric), language)
    return f"{name}, {currency}" if one.metric == "revenue" else name


def _added(one: ArmEffect, currency: str) -> list[str]:
    """For all people of the arm; empty while it is too early."""
    bounds = (one.added, one.added_low, one.added_high)
    if one.metric == "revenue":
        return ["" if bound is None else str(to_major(round(bound), currency)) for bound in bounds]
    return ["" if bound is None else f"{bound:.1f}" for bound in bounds]
