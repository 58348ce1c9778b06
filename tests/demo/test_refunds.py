"""What was taken back is found among what had been bought, never more of it than there was."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hourglass.demo.refunds import Refund, refunds
from hourglass.demo.retail import Invoice, Line, Retail, pence

MONDAY = datetime(2011, 3, 7, 10, tzinfo=UTC)


def invoice(number: str, day: int, *lines: tuple[str, int], customer: str | None = "17850") -> Invoice:
    made = tuple(Line(code, code, quantity, 1000) for code, quantity in lines)
    return Invoice(number, MONDAY + timedelta(days=day), customer, "United Kingdom", made)


def undone(orders: list[Invoice], *cancellations: Invoice) -> list[tuple[str, int, bool]]:
    found = refunds(Retail(orders=tuple(orders), cancellations=tuple(cancellations)))
    return [(part.order.number if part.order else "", part.total // 1000, part.whole) for part in found]


def test_a_part_of_an_order_is_refunded() -> None:
    assert undone([invoice("1", 0, ("A", 5))], invoice("C2", 1, ("A", -2))) == [("1", 2, False)]


def test_the_whole_order_is_cancelled_even_when_postage_is_kept() -> None:
    assert undone([invoice("1", 0, ("A", 5), ("POST", 1))], invoice("C2", 1, ("A", -5))) == [("1", 5, True)]


def test_the_newest_purchase_is_taken_first_then_older_ones() -> None:
    orders = [invoice("1", 0, ("A", 3)), invoice("2", 1, ("A", 2))]
    assert undone(orders, invoice("C3", 2, ("A", -4))) == [("2", 2, True), ("1", 2, False)]


def test_nothing_is_given_back_twice() -> None:
    cancellations = [invoice("C2", 1, ("A", -5)), invoice("C3", 2, ("A", -5))]
    assert undone([invoice("1", 0, ("A", 5))], *cancellations) == [("1", 5, True), ("", 5, False)]


def test_what_others_or_guests_bought_is_not_theirs_to_return() -> None:
    orders = [invoice("1", 0, ("A", 5), customer="99999"), invoice("2", 0, ("A", 5), customer=None)]
    assert undone(orders, invoice("C3", 1, ("A", -5))) == [("", 5, False)]
    assert undone(orders, invoice("C3", 1, ("A", -5), customer=None)) == [("", 5, False)]


def test_every_line_of_every_cancellation_is_accounted_for(retail: Retail) -> None:
    parts = refunds(retail)
    assert sum(part.total for part in parts) == -sum(c.total for c in retail.cancellations)
    assert units(parts) == Counter({c.number: -sum(line.quantity for line in c.lines) for c in retail.cancellations})


def test_no_order_gives_back_more_than_it_had(retail: Retail) -> None:
    left: Counter[tuple[str, str]] = Counter()
    for order in retail.orders:
        for line in order.goods:
            left[order.number, line.stock_code] += line.quantity
    for part in refunds(retail):
        if part.order:
            for line in part.lines:
                left[part.order.number, line.stock_code] += line.quantity
            assert part.order.at <= part.cancellation.at
    assert min(left.values()) >= 0


def test_pence_are_rounded_half_to_even() -> None:
    assert [pence(value) for value in (125, 135, 124, 126, -125, 2550)] == [12, 14, 12, 13, -12, 255]


def units(parts: list[Refund]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for part in parts:
        counted[part.cancellation.number] -= sum(line.quantity for line in part.lines)
    return counted
