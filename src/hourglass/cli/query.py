"""`hourglass query`: SQL on the open lake."""

from __future__ import annotations

import sys

from hourglass import lake
from hourglass.cli.opening import DataFolder, opened, plainly


def query(sql: str, *, data: DataFolder = None, csv: bool = False) -> None:
    """Run SQL over the views events, profiles, orders and messages; works while the server runs.

    Parameters
    ----------
    sql
        A SELECT in DuckDB's dialect.
    csv
        Print CSV instead of a table.

    """
    with plainly(), opened(data) as (database, _, settings):
        lake.print_query(database, settings.data, sql, sys.stdout, csv=csv)
