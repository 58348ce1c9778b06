"""`hourglass query`: SQL on the open lake."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from hourglass.cli.data.show_answer import print_query
from hourglass.cli.opening import DataFolder, opened, plainly


def query(
    sql: Annotated[str, Parameter(help="A SELECT in DuckDB's dialect.")],
    *,
    data: DataFolder = None,
    csv: Annotated[bool, Parameter(help="Print CSV instead of a table.")] = False,
) -> None:
    """Run SQL over the views events, profiles, orders and messages; works while the server runs."""
    with plainly(), opened(data) as (database, _, settings):
        print_query(database, settings.data, sql, sys.stdout, csv=csv)
