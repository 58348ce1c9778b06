"""Which worker works on which partition of the log."""

from __future__ import annotations

from pathlib import Path

from hourglass.postgres.database import Transaction
from hourglass.postgres.outage import outage_as_unavailable
from hourglass.postgres.queries import Queries

_QUERIES = Queries(Path(__file__).with_name("queries.sql"))


def hold_partition(connection: Transaction, partition: int) -> bool:
    """Take a partition for as long as this connection lives; False when another has it. Raises Unavailable."""
    with outage_as_unavailable():
        return bool(_QUERIES.scalar(connection, "hold_partition", partition=partition))


def release_partition(connection: Transaction, partition: int) -> bool:
    """Give it back; False when it was not ours. Each hold needs its own release. Raises Unavailable."""
    with outage_as_unavailable():
        return bool(_QUERIES.scalar(connection, "release_partition", partition=partition))
