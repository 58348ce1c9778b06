"""`hourglass promo`: pools of promo codes that journeys give away."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from hourglass.app import installation_clock
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.journeys import add_codes, codes_in, codes_of, promo_pools

PROMO = App(name="promo", help="Promo codes that journeys give away, each to one person: import, export, list.")


@PROMO.command(name="import")
def import_codes(key: str, file: Path, *, data: DataFolder = None) -> None:
    """Put the codes of a file into the pool KEY: one a line, or the first column of a CSV file."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        now = installation_clock(database).now()
        done = add_codes(tx, workspace.id, key, codes_in(file.read_text("utf-8", "replace")), now)
    print(f"{done.added} added, {done.known} were there")


@PROMO.command(name="export")
def export_codes(key: str, *, data: DataFolder = None) -> None:
    """Every code of the pool KEY, one a line, for the shop that has to know them."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in codes_of(tx, workspace.id, key):
            print(one.code)


@PROMO.command(name="list")
def show(*, data: DataFolder = None) -> None:
    """Every pool with its codes: left, given away."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for one in promo_pools(tx, workspace.id):
            print(f"{one.pool}\t{one.left} left\t{one.given} given away")
