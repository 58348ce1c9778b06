"""The RFM facts of a real shop's year, computed independently from its rows, come out of the lake."""

from __future__ import annotations

from decimal import Decimal

from tests.audience.computed.retail import AT, cleaned, facts, order_events
from tests.audience.computed.shop import Shop


def test_recency_frequency_and_monetary_of_every_customer(shop: Shop) -> None:
    expected = facts()
    shop.settle("Europe/London", "GBP")
    shop.people([customer for customer, *_ in expected])
    shop.keep(order_events(cleaned()))

    report = shop.compute(AT)

    found = {
        person: (own["rfm.recency"], own["rfm.frequency"], Decimal(str(own["rfm.monetary"])))
        for person, own in shop.traits().items()
    }
    assert len(expected) == report.people == 4338
    assert found == {
        customer: (recency, frequency, Decimal(pence) / 100) for customer, recency, frequency, pence, _ in expected
    }
    # Known from many a notebook on this data.
    assert found[12346] == (325, 1, Decimal("77183.60"))
    assert found[12347] == (2, 7, Decimal("4310.00"))
    # Rounding each order to pence moves nobody by more than half a penny an order.
    assert all(abs(pence * 10 - thousandths) <= 5 * frequency for _, _, frequency, pence, thousandths in expected)
