"""How the statements of a transaction are planned."""

from __future__ import annotations

from pathlib import Path

from hourglass.postgres.database import Transaction
from hourglass.postgres.queries import Queries

_queries = Queries(Path(__file__).with_name("queries.sql"))


def plan_by_index(tx: Transaction) -> None:
    """From here to the end of the transaction statements are planned without looking at their values, and once.

    For transactions that ask large tables about a few thousand keys: seeing so many, the planner would rather read a
    whole table, which costs the same for one key more and grows with the table. Not seeing them it looks up each.
    """
    _queries.execute(tx, "plan_by_index")
