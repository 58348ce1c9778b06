"""`hourglass promo`: pools of promo codes that journeys give away."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import App, Parameter

from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.commerce import Validity, add_codes, codes_in, codes_of, promo_pools, revoke_codes
from hourglass.kernel import Malformed

PROMO = App(name="promo", help="Promo codes that journeys give away, each to one person: import, export, list, revoke.")


@PROMO.command(name="import")
def import_codes(
    key: str,
    file: Path,
    *,
    since: Annotated[
        str | None, Parameter(name="--from", help="The first day on which they are good, like 2026-12-01.")
    ] = None,
    until: Annotated[str | None, Parameter(help="The last day on which they are good, like 2026-12-31.")] = None,
    good_for: Annotated[str | None, Parameter(help="How long each is good once given away, like 14d.")] = None,
    data: DataFolder = None,
) -> None:
    """Put the codes of a file into the pool KEY: one a line, or the first column of a CSV file."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now, zone = installation_clock(database).now(), workspace.tz()
        validity = Validity(
            valid_from=_day(since, "--from", zone),
            valid_until=_day(until, "--until", zone, last=True),
            valid_for=good_for,
        )
        done = add_codes(tx, workspace.id, key, codes_in(file.read_text("utf-8", "replace")), now, validity)
    print(f"{done.added} added, {done.known} were there")


@PROMO.command(name="export")
def export_codes(key: str, *, data: DataFolder = None) -> None:
    """Every code of the pool KEY, one a line, for the shop that has to know them."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in codes_of(tx, workspace.id, key):
            print(one.code)


@PROMO.command(name="list")
def show(*, data: DataFolder = None) -> None:
    """Every pool with its codes: left, given away, used, too late, withdrawn."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in promo_pools(tx, workspace.id, installation_clock(database).now()):
            late = f"\t{one.expired} too late" if one.expired else ""
            withdrawn = f"\t{one.revoked} withdrawn" if one.revoked else ""
            print(f"{one.pool}\t{one.left} left\t{one.given} given away\t{one.redeemed} used{late}{withdrawn}")


@PROMO.command(name="revoke")
def revoke(key: str, *codes: str, data: DataFolder = None) -> None:
    """Withdraw codes of the pool KEY, or the whole pool: nobody gets them any more, and no till should take them."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        gone = revoke_codes(tx, workspace.id, key, list(codes) or None, installation_clock(database).now())
    print(f"{gone} withdrawn")


def _day(told: str | None, option: str, zone: ZoneInfo, *, last: bool = False) -> datetime | None:
    """Midnight where the shop is, at the beginning of a day or, for the last, at its end."""
    if told is None:
        return None
    try:
        day = datetime.fromisoformat(told)
    except ValueError:
        raise Malformed(f"“{told}” is no day; write it like 2026-12-31.", path=option) from None
    if len(told) > len("2026-12-31"):
        return day if day.tzinfo else day.replace(tzinfo=zone)
    start = day.replace(tzinfo=zone)
    return start + timedelta(days=1, seconds=-1) if last else start
