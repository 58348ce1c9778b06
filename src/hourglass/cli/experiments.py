"""`hourglass experiments`: which there are, and what they have shown so far."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from hourglass import experiments
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.experiments import ArmEffect, ExperimentKind, ExperimentResults
from hourglass.kernel import to_major

EXPERIMENTS = App(name="experiments", help="Experiments: control groups and split journeys, and what they have shown.")


@EXPERIMENTS.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """Every control group, and every step of a journey that gives arms."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = experiments.all_sources(tx, workspace.id)
    rows: list[list[object]] = [
        [one.kind, one.key, one.step, _weights(one.weights.items()), f"{one.since:%Y-%m-%d}", one.name] for one in found
    ]
    _table(["kind", "key", "step", "arms", "since", "name"], rows)


@EXPERIMENTS.command
def results(
    kind: Annotated[ExperimentKind, Parameter(help="What draws it: journey, campaign or policy.")],
    key: Annotated[str, Parameter(help="Key of the journey or campaign; the policy's is default.")],
    *,
    step: Annotated[
        str | None, Parameter(help="A step that gives arms, like steps[2]; else the control group.")
    ] = None,
    days: Annotated[float | None, Parameter(help="How long each person is watched; 14 unless told.")] = None,
    data: DataFolder = None,
) -> None:
    """People, orders and money by arm, and what is certain about the difference."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        found = experiments.results(tx, workspace, kind, key, now, step=step, days=days)
    _say(found)


def _say(found: ExperimentResults) -> None:
    print(f"{found.name}, since {found.since:%Y-%m-%d}, {found.days:g} days after each person's assignment")
    print(found.verdict.words["en"])
    _table(
        ["arm", "people", "buyers", "conversion", "orders", f"revenue, {found.currency}", "credited", "left",
         "complained"],
        [
            [one.arm, one.people, one.buyers, f"{one.buyers / one.people:.2%}" if one.people else "", one.orders,
             to_major(one.revenue, found.currency), to_major(one.credited, found.currency), one.unsubscribed,
             one.complained]
            for one in found.arms
        ],
    )  # fmt: skip
    _table(
        ["arm", f"beside {found.baseline}", "added", "from", "to", "certain"],
        [
            [arm.arm, one.metric, *_added(one, found.currency), "yes" if one.certain else "no"]
            for arm in found.arms
            for one in arm.effects
        ],
    )
    if found.pending:
        print(f"{found.pending} more people count when their days are over.")
    if found.crossed:
        print(f"{found.crossed} people turned up in another arm later; they count where they were first.")


def _added(one: ArmEffect, currency: str) -> list[object]:
    bounds = (one.added, one.added_low, one.added_high)
    if one.metric == "revenue":
        return ["" if bound is None else to_major(round(bound), currency) for bound in bounds]
    return ["" if bound is None else f"{bound:.1f}" for bound in bounds]


def _weights(arms: Iterable[tuple[str, float]]) -> str:
    return " · ".join(f"{arm} {weight:g}" for arm, weight in arms)


def _table(names: list[str], rows: Iterable[list[object]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
