"""`hourglass suppressions`: addresses that are not written to."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from hourglass import messages
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly

SUPPRESSIONS = App(name="suppressions", help="Addresses that are not written to: list, add, import, remove.")
Channel = Annotated[str, Parameter(help="The channel, such as email or sms.")]
Reason = Annotated[str, Parameter(help="Why, in a word.")]


@SUPPRESSIONS.command(name="list")
def show(*, channel: str | None = None, search: str = "", data: DataFolder = None) -> None:
    """Every address with its reason."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        cursor = None
        while True:
            page = messages.suppressions(tx, workspace.id, channel, search, cursor)
            for one in page.suppressions:
                print("\t".join((one.channel, one.address, one.reason, f"{one.at:%Y-%m-%d}", one.author or "")))
            cursor = page.next
            if cursor is None:
                return


@SUPPRESSIONS.command
def add(
    *addresses: str,
    channel: Channel = "email",
    reason: Reason = "by_hand",
    data: DataFolder = None,
) -> None:
    """Put addresses on the list."""
    _suppress(list(addresses), channel, reason, data)


@SUPPRESSIONS.command(name="import")
def import_file(
    file: Path,
    *,
    channel: Channel = "email",
    reason: Reason = "imported",
    data: DataFolder = None,
) -> None:
    """Put the addresses of a file on the list: one a line, or the first column of a CSV file."""
    _suppress(list(messages.addresses_in(file.read_text("utf-8", "replace"))), channel, reason, data)


@SUPPRESSIONS.command
def remove(
    address: str, *, reason: str, channel: Channel = "email", force: bool = False, data: DataFolder = None
) -> None:
    """Take an address off the list; who complained only with --force."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        messages.release(tx, workspace.id, channel, address, why=reason, author=getpass.getuser(), now=now, force=force)
    print(f"{address} may be written to again.")


def _suppress(addresses: list[str], channel: str, reason: str, data: Path | None) -> None:
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        done = messages.suppress(tx, workspace.id, channel, addresses, reason=reason,
                                 author=getpass.getuser(), now=now)  # fmt: skip
    print(f"{done.added} added, {done.known} were there, {done.wrong} cannot be right")
    for one in done.examples:
        print(f"  {one}")
