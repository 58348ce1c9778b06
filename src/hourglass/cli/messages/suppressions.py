"""`hourglass suppressions`: addresses that are not written to."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from hourglass import messages
from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import NotFound

SUPPRESSIONS = App(name="suppressions", help="Addresses that are not written to: list, add, import, export, remove.")
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
    with plainly():
        _suppress([messages.Listed(channel=channel, reason=reason, addresses=list(addresses))], data)


@SUPPRESSIONS.command(name="import")
def import_file(
    file: Path,
    *,
    channel: Channel = "email",
    reason: Reason = "imported",
    data: DataFolder = None,
) -> None:
    """Put the addresses of a file on the list: one a line, or a CSV file, whose columns may name channel and reason."""
    with plainly():
        if not file.is_file():
            raise NotFound(f"There is no file {file}.")
        _suppress(messages.listed_in(file.read_text("utf-8", "replace"), channel, reason), data)


@SUPPRESSIONS.command(name="export")
def export_file(
    file: Annotated[Path, Parameter(help="Where to; `-` is the output.", allow_leading_hyphen=True)],
    *,
    channel: str | None = None,
    data: DataFolder = None,
) -> None:
    """Write the list as CSV; `import` of another installation reads it with channels and reasons."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        if str(file) == "-":
            messages.write_suppressions(tx, workspace.id, channel, sys.stdout)
            return
        with file.open("w", encoding="utf-8") as out:
            count = messages.write_suppressions(tx, workspace.id, channel, out)
    print(f"{count} addresses in {file}")


@SUPPRESSIONS.command
def remove(
    address: str, *, reason: str, channel: Channel = "email", force: bool = False, data: DataFolder = None
) -> None:
    """Take an address off the list; who complained only with --force."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        messages.release(tx, workspace.id, channel, address, why=reason, author=getpass.getuser(), now=now, force=force)
    print(f"{address} may be written to again.")


def _suppress(lists: Sequence[messages.Listed], data: Path | None) -> None:
    with opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        done = [
            messages.suppress(tx, workspace.id, one.channel, one.addresses, reason=one.reason,
                              author=getpass.getuser(), now=now)
            for one in lists
        ]  # fmt: skip
    added, known, wrong = (sum(getattr(one, name) for one in done) for name in ("added", "known", "wrong"))
    print(f"{added} added, {known} were there, {wrong} cannot be right")
    for example in [example for one in done for example in one.examples][:5]:
        print(f"  {example}")
