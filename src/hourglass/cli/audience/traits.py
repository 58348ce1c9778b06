"""`hourglass traits`: what is computed about customers, and computing it now."""

from __future__ import annotations

from cyclopts import App
from rich.console import Console
from rich.table import Column, Table

from hourglass.app import installation_clock
from hourglass.audience import computed
from hourglass.cli.opening import DataFolder, opened, plainly

TRAITS = App(name="traits", help="Computed traits: RFM, value, life cycle, favourites, prices, engagement, clusters.")


@TRAITS.command
def compute(*, data: DataFolder = None) -> None:
    """Compute the traits of everybody now instead of at night."""
    with plainly(), opened(data) as (database, workspace, settings):
        report = computed.compute(database, settings.data, workspace, installation_clock(database).now())
    print(f"{report.people} people in {report.seconds:.1f} s")
    for family, changed in report.changed.items():
        print(f"  {family}: " + (report.skipped.get(family) or f"{changed} changed"))
    if report.rechecked:
        print(f"{report.rechecked} people are looked at again by live segments.")


@TRAITS.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """Every computed trait with its values, the clusters, and the last run."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        run = computed.last_run(tx, workspace.id)
    language = "ru" if workspace.locale.startswith("ru") else "en"
    table = Table(Column("trait", min_width=25), "kind", "what", "values", box=None, pad_edge=False)
    for family in computed.FAMILIES:
        for trait in family.traits:
            table.add_row(f"{family.name}.{trait.name}", trait.kind, trait.words[language], ", ".join(trait.values))
    table.add_row("engagement.<channel>", "text", "", "")
    Console().print(table)
    if run is None:
        print("Nothing was computed yet.")
        return
    for cluster in run.clusters:
        print(f"cluster {cluster['number']}: {cluster['people']} people, {cluster['words'][language]}")
    print(_said(run))


def _said(run: computed.Run) -> str:
    if run.problem:
        return f"The run of {run.started_at:%Y-%m-%d %H:%M} did not finish: {run.problem}"
    if run.finished_at is None or run.finished_at < run.started_at:
        return f"A run began at {run.started_at:%Y-%m-%d %H:%M} and has not finished."
    report = run.report or {}
    return f"Computed for {report.get('people', 0)} people as of {run.finished_at:%Y-%m-%d %H:%M} UTC."
