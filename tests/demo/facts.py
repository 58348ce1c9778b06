"""The shop's year counted straight from the file with plain SQL, for comparing with what Hourglass says."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import duckdb
from msgspec import Struct

PACKED = Path(__file__).parents[2] / "src/hourglass/demo/data/online_retail.parquet"

# An order is an invoice with a plain number and a customer or something to pay (four customers got a free one); others
# over nothing are write-offs of stock. C marks cancellations, A bad-debt entries.
_INVOICES = """
    SELECT invoice, min("at") AS placed, any_value(customer) AS customer, count(*) AS lines,
           sum(quantity::BIGINT * price) AS thousandths
    FROM read_parquet($file) GROUP BY invoice
"""
_ORDERS = """
    SELECT * FROM ({invoices})
    WHERE regexp_full_match(invoice, '[0-9]+') AND (thousandths > 0 OR customer IS NOT NULL)
"""
_CANCELLATIONS = "SELECT * FROM ({invoices}) WHERE invoice LIKE 'C%'"


class Facts(Struct, frozen=True, kw_only=True):
    """What is true of the shop between two moments (London wall time, start included, end not)."""

    orders: int
    guest_orders: int
    buyers: int
    revenue_pence: int
    """Each order rounded to pence on its own, half to even."""
    cancellations: int
    refunded_thousandths: int
    customers: int
    """Who has an order or a cancellation."""


def facts(since: datetime | None = None, until: datetime | None = None) -> Facts:
    """Of the whole year, or of a part of it."""
    orders, cancelled = _within(_ORDERS, since, until), _within(_CANCELLATIONS, since, until)
    return Facts(
        orders=len(orders),
        guest_orders=sum(customer is None for customer, _ in orders),
        buyers=len({customer for customer, _ in orders} - {None}),
        revenue_pence=sum(_pence(thousandths) for _, thousandths in orders),
        cancellations=len(cancelled),
        refunded_thousandths=-sum(thousandths for _, thousandths in cancelled),
        customers=len({customer for customer, _ in [*orders, *cancelled]} - {None}),
    )


def rows() -> int:
    """Lines of the file."""
    return _ask("SELECT count(*) FROM read_parquet($file)", {})[0][0]


def customers_in_file() -> int:
    """Different customer numbers, whatever stands beside them."""
    return _ask("SELECT count(DISTINCT customer) FROM read_parquet($file)", {})[0][0]


def _within(kind: str, since: datetime | None, until: datetime | None) -> list[tuple[int | None, int]]:
    window = "($since IS NULL OR placed >= $since) AND ($until IS NULL OR placed < $until)"
    sql = f"SELECT customer, thousandths FROM ({kind.format(invoices=_INVOICES)}) WHERE {window}"
    return _ask(sql, {"since": since, "until": until})


def _ask(sql: str, parameters: dict[str, object]) -> list[tuple]:
    return duckdb.execute(sql, {"file": str(PACKED), **parameters}).fetchall()


def _pence(thousandths: int) -> int:
    return int((Decimal(thousandths) / 10).to_integral_value(ROUND_HALF_EVEN))
