"""The shop's real year: invoices with their lines, read from the packed UCI Online Retail data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

PACKED = Path(__file__).with_name("data") / "online_retail.parquet"
CURRENCY = "GBP"
# The shop sold delivery as lines of the invoice: postage, web-shop postage, carriage.
POSTAGE = frozenset({"POST", "DOT", "C2"})


class Line(Struct, frozen=True, gc=False):
    """One line of an invoice; the price is in thousandths of a pound, a cancelled quantity is negative."""

    stock_code: str
    name: str
    quantity: int
    price: int

    @property
    def amount(self) -> int:
        """Quantity times price, in thousandths of a pound."""
        return self.quantity * self.price


class Invoice(Struct, frozen=True):
    """One invoice as the shop wrote it; `customer` is None for a guest."""

    number: str
    at: datetime
    customer: str | None
    country: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """All lines together, postage included, in thousandths of a pound."""
        return sum(line.amount for line in self.lines)

    @property
    def goods(self) -> tuple[Line, ...]:
        """The lines that are things, not delivery."""
        return tuple(line for line in self.lines if line.stock_code not in POSTAGE)


class Retail(Struct, frozen=True):
    """The year: what was ordered and what was taken back, each oldest first, times in UTC."""

    orders: tuple[Invoice, ...]
    cancellations: tuple[Invoice, ...]

    @property
    def end(self) -> datetime:
        """The moment of the last invoice."""
        return max(self.orders[-1].at, self.cancellations[-1].at)


def read_retail(path: Path = PACKED) -> Retail:
    """The whole data. Write-offs (nobody's, at price 0) and bad-debt entries (A) are no orders."""
    orders: list[Invoice] = []
    cancellations: list[Invoice] = []
    for invoice in _invoices(path):
        if invoice.number.startswith("C"):
            cancellations.append(invoice)
        elif invoice.number.isdigit() and (invoice.customer or invoice.total > 0):
            orders.append(invoice)
    return Retail(orders=tuple(orders), cancellations=tuple(cancellations))


def pence(thousandths: int) -> int:
    """Whole pence, half to even, as money is kept everywhere."""
    whole, rest = divmod(thousandths, 10)
    return whole + (rest > 5 or (rest == 5 and whole % 2 == 1))


def pounds(thousandths: int) -> float:
    """The amount as an event carries it, rounded to pence."""
    return pence(thousandths) / 100


def _invoices(path: Path) -> Iterator[Invoice]:
    # London time as the shop wrote it; 43 invoices span two minutes and count from the first.
    london = pl.col("at").dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null")
    frame = (
        pl.read_parquet(path)
        .group_by("invoice", maintain_order=True)
        .agg(pl.col("at").min(), pl.col("customer", "country").first(), pl.col(*_LINE))
        .with_columns(london.dt.convert_time_zone("UTC"), pl.col("customer").cast(pl.String))
    )
    named = _usual_names(path)
    for number, at, customer, country, *columns in frame.sort("at", maintain_order=True).iter_rows():
        yield Invoice(number=number, at=at, customer=customer, country=country, lines=_lines(columns, named))


_LINE = ("stock_code", "description", "quantity", "price")


def _lines(columns: list[Any], named: dict[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(code, name or named.get(code) or code, quantity, price)
        for code, name, quantity, price in zip(*columns, strict=True)
    )


def _usual_names(path: Path) -> dict[str, str]:
    """Stock code → its most used description, for the lines that have none."""
    counted = pl.scan_parquet(path).drop_nulls("description").group_by("stock_code", "description").len()
    best = counted.sort("len", "description", descending=[True, False]).unique("stock_code", keep="first")
    return dict(best.select("stock_code", "description").collect().iter_rows())
