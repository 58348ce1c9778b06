"""`hourglass campaigns`: how they stand; send, pause, resume, cancel, report."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from hourglass import campaigns
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import to_major
from hourglass.messages import Effect, providers_health

CAMPAIGNS = App(name="campaigns", help="Campaigns: how they stand; send, pause, resume, cancel, report.")

_NUMBERS = ("delivered", "opened", "clicked", "bounced", "complained", "unsubscribed")
Key = Annotated[str, Parameter(help="Key of the campaign.")]


@CAMPAIGNS.command(name="list")
def show_all(*, data: DataFolder = None) -> None:
    """Every campaign, and how far its last send is."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = campaigns.standing(tx, workspace.id, installation_clock(database).now())
    _table(
        ["key", "state", "recipients", "sent", "withheld", "failed", "unknown", "waiting", "a minute", "name"],
        [
            [one.key, one.state, one.recipients, one.sent, one.withheld, one.failed, one.unknown, one.waiting,
             one.per_minute, one.name]
            for one in rows
        ],
    )  # fmt: skip


@CAMPAIGNS.command
def send(
    key: Key,
    *,
    anyway: Annotated[bool, Parameter(help="Even where the rules for bulk mail are not kept.", negative=())] = False,
    data: DataFolder = None,
) -> None:
    """Let it go out by its schedule; `hourglass serve` does the work."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        now = installation_clock(database).now()
        if not anyway:
            campaigns.refuse_unready(database, workspace, key, settings, now)
        campaigns.send(tx, workspace, key, getpass.getuser(), now)
        _say(campaigns.standing_of(tx, workspace.id, key, now))


@CAMPAIGNS.command
def pause(key: Key, *, data: DataFolder = None) -> None:
    """Nothing more leaves until it is resumed."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        campaigns.pause(tx, workspace.id, key)
        _say(campaigns.standing_of(tx, workspace.id, key, installation_clock(database).now()))


@CAMPAIGNS.command
def resume(key: Key, *, data: DataFolder = None) -> None:
    """It goes on where it stood."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        campaigns.resume(tx, workspace.id, key)
        _say(campaigns.standing_of(tx, workspace.id, key, installation_clock(database).now()))


@CAMPAIGNS.command
def cancel(key: Key, *, data: DataFolder = None) -> None:
    """Nothing more leaves; whoever did not get it is noted with the reason."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        campaigns.cancel(tx, workspace.id, key)
        _say(campaigns.standing_of(tx, workspace.id, key, installation_clock(database).now()))


@CAMPAIGNS.command
def report(key: Key, *, data: DataFolder = None) -> None:
    """What came of it: who got it and who did not, what they did, what they bought, what it added."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = campaigns.report(tx, workspace, key, installation_clock(database).now())
    _say(found.standing)
    numbers = {name: getattr(found, name) for name in _NUMBERS}
    _table(
        ["what", "messages", "of those sent"],
        [[*pair, _share(pair[1], found.standing.sent)] for pair in numbers.items()],
    )
    _table(["not sent", "messages"], [[one.words["en"], one.count] for one in (*found.withheld, *found.failed)])
    if found.links:
        _table(["link", "messages", "clicks"], [[one.url, one.messages, one.times] for one in found.links])
    for words, machines in (("opens", found.machine_opens), ("clicks", found.machine_clicks)):
        print("".join(f"Not counted: {times} {words} by a {who}\n" for who, times in machines.items()), end="")
    for sale in found.sales:
        print(f"{sale.orders} orders, {to_major(sale.revenue, sale.currency)} {sale.currency} credited to it")
    if found.effect is not None:
        print(_added(found.effect, found.sales[0].currency))


@CAMPAIGNS.command
def providers(*, data: DataFolder = None) -> None:
    """How the providers do that were used lately: closed is well, open is left alone, probing is being tried."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        rows = providers_health(tx, workspace.id, installation_clock(database).now())
    _table(
        ["provider", "channel", "state", "since", "why"],
        [[one.provider, one.channel, one.state, f"{one.since:%Y-%m-%d %H:%M}", one.why] for one in rows],
    )


def _added(effect: Effect, currency: str) -> str:
    low, added, high = (
        to_major(round(part * effect.treated.people), currency) for part in (effect.low, effect.per_person, effect.high)
    )
    return (
        f"Beside the control group ({effect.control.people} people) it added {added} {currency} in {effect.days:g} days"
        f" (95 %: {low} to {high})"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _say(one: campaigns.Standing) -> None:
    print(f"{one.name}: {one.state}, {one.sent} of {one.recipients} sent, {one.waiting} waiting")
    if one.state == "scheduled" and one.due_at is not None:
        print(f"Recipients are fixed at {one.due_at:%Y-%m-%d %H:%M} UTC.")
    if one.problem is not None:
        print(f"It does not go on: {one.problem['en']}.")
    for reason in one.waits_for:
        print(f"  {reason.count} wait: {reason.words['en']}")


def _table(names: list[str], rows: Iterable[list[object]]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
