"""`hourglass backtest FILE --from --to`: what a journey would have done, before it is launched."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from hourglass.app import KINDS, installation_clock
from hourglass.backtest import backtest as replay
from hourglass.backtest import check
from hourglass.cli.language import Lang, language_of
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.definitions import read_file
from hourglass.kernel import Malformed, Workspace, parse_duration
from hourglass.reports import Backtest, backtest_page


def backtest(
    file: Annotated[Path, Parameter(help="The journey, as YAML or JSON.")],
    *,
    start: Annotated[str, Parameter(name="--from", help="First day, or moment, of the period: 2026-01-01.")],
    stop: Annotated[str, Parameter(name="--to", help="The day, or moment, when it is over.")],
    grain: Annotated[
        str | None, Parameter(help="What falls due within so long is done at once: 0s is as exact as life.")
    ] = None,
    html: Annotated[Path | None, Parameter(name="--html", help="Write it as a page with the graph here.")] = None,
    json: Annotated[Path | None, Parameter(name="--json", help="Write the answer as JSON here.")] = None,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Replay past events through a journey, senders off: who would have entered, waited and got what, and who not."""
    with plainly(), opened(data) as (database, workspace, settings):
        found = replay(
            database,
            settings.data,
            workspace,
            read_journey_file(file),
            _moment(start, workspace, "from"),
            _moment(stop, workspace, "to"),
            kinds=KINDS,
            now=installation_clock(database).now(),
            grain=None if grain is None else _span(grain),
        )
    language = language_of(lang, workspace)
    _show(found, language)
    with plainly():
        if json is not None:
            json.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
        if html is not None:
            html.write_text(backtest_page(found, workspace, language), encoding="utf-8")


def check_journey(
    file: Annotated[Path, Parameter(help="The journey, as YAML or JSON.")],
    *,
    lang: Lang = None,
    data: DataFolder = None,
) -> None:
    """Hold a journey against live data: what is missing (exit code 1), probably not meant, and to be expected."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = check(tx, workspace, read_journey_file(file), kinds=KINDS, now=installation_clock(database).now())
    language = language_of(lang, workspace)
    signs = {"must": "x", "should": "!", "know": "·"}
    for todo in found.todos:
        place = f"{todo.path}: " if todo.path else ""
        print(f"{signs[todo.weight]} {place}{todo.words[language]}")
    if not found.ready:
        sys.exit(1)


def read_journey_file(path: Path) -> dict[str, Any]:
    """The one document of a file, or Malformed."""
    documents = list(read_file(path))
    if len(documents) != 1 or documents[0].get("kind") != "journey":
        raise Malformed("Here stands one document with `kind: journey`.", path=str(path))
    return documents[0]


def _moment(text: str, workspace: Workspace, name: str) -> datetime:
    """A day begins when it does in the workspace's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed("A day is written 2026-01-31, a moment 2026-01-31T12:00.", path=name) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=workspace.tz())


def _span(text: str) -> timedelta:
    return timedelta() if text in ("0", "0s") else parse_duration(text, "grain")


def _show(found: Backtest, language: str) -> None:
    flow = found.flow
    print(f"{flow.name}: {flow.entered} runs of {flow.people} people, out of {found.events} events")
    goals = "" if flow.goals is None else f", {flow.goals} reached the goal"
    kept_out = f", {flow.kept_out} kept out as the control group" if flow.kept_out else ""
    left = sum(one.count for one in flow.exits)
    by_goal = f"{flow.goal} left with the goal, " if flow.goal else ""
    print(f"{flow.finished} finished, {by_goal}{left} left early, {flow.waiting} still in it{goals}{kept_out}")
    table = Table("step", "kind", "what", "came", "waiting", "left", "sent", "withheld", box=None, pad_edge=False)
    for step in flow.steps:
        numbers = (step.came, step.waiting, step.left, step.sent, step.withheld)
        table.add_row(step.path, step.kind, step.summary, *(str(one) if one else "" for one in numbers))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    for tally in (*flow.exits, *flow.withheld, *flow.failed):
        print(f"  {tally.count:>7}  {tally.words.get(language, tally.code)}")
    for note in found.notes:
        print(note[language])
