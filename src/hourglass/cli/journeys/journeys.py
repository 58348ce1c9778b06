"""`hourglass journeys`: how they stand; put people in, pause, resume, archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from hourglass import journeys
from hourglass.app import installation_clock
from hourglass.cli.journeys.backtest import check_journey
from hourglass.cli.journeys.move import move_people
from hourglass.cli.journeys.report import report_journey
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import Malformed

JOURNEYS = App(name="journeys", help="Journeys: how they stand; put people in, pause, resume, archive.")
JOURNEYS.command(report_journey, name="report")
JOURNEYS.command(check_journey, name="check")
JOURNEYS.command(move_people, name="move")

_MOST = 10_000
_COUNTED = ("key", "state", "entered", "waiting", "finished", "goal", "exited", "kept out", "sent", "withheld")
Key = Annotated[str, Parameter(help="Key of the journey.")]


@JOURNEYS.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """Every journey, with the people in it and through it."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = journeys.report(tx, workspace.id)
    _table(
        [*_COUNTED, "name"],
        [[getattr(one, column.replace(" ", "_")) for column in _COUNTED] + [one.name] for one in rows],
    )


@JOURNEYS.command
def show(key: Key, *, data: DataFolder = None) -> None:
    """One journey: its steps, how many people took each and how many wait there."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = journeys.detail(tx, workspace.id, key)
    _say(found.report)
    print(f"People enter when {found.starts['en']}.")
    _table(["step", "what", "", "waiting", "passed"], [
        [one.path, one.kind, one.summary, one.waiting, one.done] for one in found.steps
    ])  # fmt: skip


@JOURNEYS.command
def enter(
    key: Key,
    file: Annotated[Path | None, Parameter(help='JSON lines: {"user_id": "anna", "facts": {"gift": "tea"}}.')] = None,
    *,
    user: Annotated[tuple[str, ...], Parameter(help="user_id of somebody; may be repeated.", negative=())] = (),
    email: Annotated[tuple[str, ...], Parameter(help="Their e-mail; may be repeated.", negative=())] = (),
    data: DataFolder = None,
) -> None:
    """Put people in; those whom nobody knows are listed."""
    with plainly(), opened(data) as (database, workspace, _):
        guests = [journeys.Guest(user_id=one) for one in user] + [journeys.Guest(email=one) for one in email]
        guests += _read(file) if file is not None else []
        if not guests:
            raise Malformed("Say who is to enter: a file of JSON lines, --user or --email.")
        waiting, missed = 0, 0
        for start in range(0, len(guests), _MOST):
            call = journeys.Invitation(people=guests[start : start + _MOST])
            with database.transaction() as tx:
                done = journeys.enter(tx, workspace, key, call, installation_clock(database).now())
            waiting, missed = waiting + done.waiting, missed + len(done.unknown)
            for one in done.unknown:
                print(f"{one.place}: {one.words['en']}", file=sys.stderr)
    print(f"{waiting} people enter; {missed} are unknown.")


@JOURNEYS.command
def pause(key: Key, *, data: DataFolder = None) -> None:
    """Nobody enters, and those inside stand still, until it is resumed."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        _say(journeys.pause(tx, workspace.id, key, installation_clock(database).now()))


@JOURNEYS.command
def resume(key: Key, *, data: DataFolder = None) -> None:
    """People enter again, and those inside go on from where they stood."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        _say(journeys.resume(tx, workspace.id, key, installation_clock(database).now()))


@JOURNEYS.command
def archive(key: Key, *, data: DataFolder = None) -> None:
    """Put it away for good: those inside leave it."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        _say(journeys.archive(tx, workspace.id, key, installation_clock(database).now()))


def _read(file: Path) -> list[journeys.Guest]:
    if not file.is_file():
        raise Malformed(f"There is no file {file}.", path="FILE")
    guests: list[journeys.Guest] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            guests += [msgspec.json.decode(line, type=journeys.Guest)] if line.strip() else []
        except msgspec.DecodeError as error:
            raise Malformed(f'Line {number} is not like {{"user_id": "anna"}}: {error}', path="FILE") from error
    return guests


def _say(one: journeys.JourneyReport) -> None:
    print(f"{one.name}: {one.state}, {one.entered} entered, {one.waiting} in it now, {one.sent} messages sent")


def _table(names: list[str], rows: list[list[object]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(str, row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
