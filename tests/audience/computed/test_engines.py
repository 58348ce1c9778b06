"""Every family gives the same answer on Polars and on an engine of SQL, for any history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import narwhals as nw
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hourglass.audience.computed import FAMILIES
from hourglass.audience.computed.orders import standing
from hourglass.audience.computed.rank import quintile
from hourglass.audience.computed.rfm import CELLS, GRID, cells
from hourglass.audience.computed.sources import DAY, Circumstances
from hourglass.audience.computed.value import bands
from hourglass.commerce import LIFE
from hourglass.commerce.order import Order, add, begin
from hourglass.events import Event
from tests.audience.computed.frames import ORDER_EVENTS, ORDERS, answers, on_duckdb, on_polars, sources, table

NOW = 20_000 * DAY
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
person = st.integers(1, 6)
moment = st.integers(0, 400 * 24).map(lambda hours: NOW - hours * (DAY // 24))
category = st.sampled_from([None, "Tea", "Bags", "Ärmel"])
orders = st.lists(st.fixed_dictionaries({"profile_id": person, "at": moment, "net": st.integers(0, 5)}), max_size=25)
lines = st.lists(
    st.fixed_dictionaries(
        {
            "product_id": st.sampled_from("abc"),
            "category": category,
            "brand": category,
            "quantity": st.integers(1, 3),
            "price": st.sampled_from([None, 80, 100, 150]),
            "deal": st.booleans(),
        }
    ),
    max_size=25,
)
acts = st.lists(
    st.fixed_dictionaries(
        {
            "profile_id": person,
            "event": st.sampled_from(["Page Viewed", "Product Viewed"]),
            "at": moment,
            "hour": st.integers(0, 3),
            "weekday": st.integers(1, 3),
            "category": category,
        }
    ),
    max_size=25,
)
messages = st.lists(
    st.fixed_dictionaries(
        {
            "profile_id": person,
            "event": st.sampled_from(["Message Sent", "Message Sent", "Message Opened", "Message Clicked"]),
            "at": moment,
            "channel": st.sampled_from(["email", "sms"]),
            "message": st.sampled_from("1234"),
        }
    ),
    max_size=25,
)
praise = st.lists(st.fixed_dictionaries({"profile_id": person, "at": moment}), max_size=5)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(orders=orders, lines=lines, acts=acts, messages=messages, praise=praise)
def test_families_agree(orders, lines, acts, messages, praise) -> None:
    for number, order in enumerate(orders):
        order |= {"order_id": f"o{number}", "day": order["at"] // DAY}
    bought = [
        line | {"profile_id": orders[place % len(orders)]["profile_id"], "order_id": f"o{place % len(orders)}"}
        for place, line in enumerate(lines)
        if orders
    ]
    people = [{"profile_id": n, "known": n % 3 > 0, "subscribed": n % 2 > 0} for n in range(1, 7)]
    rows = {
        "people": people, "orders": orders, "bought": bought, "acts": acts, "messages": messages, "praise": praise,
    }  # fmt: skip
    circumstances = Circumstances(now=NOW, channels=("email", "sms"))
    one, other = sources(on_polars, **rows), sources(on_duckdb(), **rows)
    for family in FAMILIES:
        assert answers(family.compute(one, circumstances)) == answers(family.compute(other, circumstances)), family.name


order_events = st.lists(
    st.fixed_dictionaries(
        {
            "profile_id": person,
            "order_id": st.sampled_from("xyz"),
            "event": st.sampled_from([*LIFE]),
            "at": moment,
            "revenue": st.sampled_from([None, 0, 500, 900]),
            "currency": st.sampled_from(["EUR", "EUR", "USD"]),
        }
    ),
    max_size=20,
)


@settings(max_examples=30)
@given(told=order_events)
def test_orders_stand_as_commerce_keeps_them(told) -> None:
    for number, one in enumerate(told):
        telling = one["event"] in {"Order Completed", "Order Updated"} and one["revenue"] is not None
        one |= {"message_id": f"m{number:02}", "day": one["at"] // DAY, "told": telling, "lines": 0}
        one |= {"profile_id": ord(one["order_id"])}
    frame = table(ORDER_EVENTS, told)
    expected = kept_by_commerce(told)
    for put in (on_polars, on_duckdb()):
        rows = answers(standing(put("told", frame), "EUR"), ("order_id",))
        assert {row["order_id"]: (row["at"], row["net"]) for row in rows} == expected


def kept_by_commerce(told) -> dict[str, tuple[int, int]]:
    """Moment and net of the orders that were not cancelled or given back whole; foreign money is none."""
    orders: dict[str, Order] = {}
    for one in told:
        at = EPOCH + timedelta(microseconds=one["at"])
        event = Event(
            kind="track", name=one["event"], message_id="", id="", at=at, received_at=at, user_id="u",
            anonymous_id=None, previous_id=None, group_id=None, traits={}, properties={"currency": one["currency"]},
            context={}, historical=False, currency="EUR", revenue=one["revenue"],
        )  # fmt: skip
        known = orders.get(one["order_id"]) or orders.setdefault(one["order_id"], begin(one["order_id"], event, 1, 1))
        add(known, event, 1, 1)
    kept = {}
    for order in orders.values():
        cancelled = order.state == "cancelled" or (order.state == "refunded" and not order.refunded)
        net = 0 if cancelled else max(order.revenue - order.refunded, 0)
        if order.state != "cancelled" and (net or not (order.state == "refunded" or order.refunded)):
            own = order.currency == "EUR" or order.content_at is None
            kept[order.id] = ((order.ordered_at - EPOCH) // timedelta(microseconds=1), net if own else 0)
    return kept


@settings(max_examples=30)
@given(values=st.lists(st.integers(0, 8), min_size=1, max_size=40))
def test_quintiles_and_bands_are_those_of_plain_python(values) -> None:
    rows = [{"profile_id": number, "order_id": str(number), "net": value} for number, value in enumerate(values)]
    score = [1 + 5 * sum(other < value for other in values) // len(values) for value in values]
    band = [naive_band(100 * sum(other > value for other in values) / len(values)) for value in values]
    for put in (on_polars, on_duckdb()):
        people = put("people", table(ORDERS, rows)).select("profile_id", revenue=nw.col("net"))
        assert [row["score"] for row in answers(people.with_columns(score=quintile("revenue")))] == score
        assert [row["band"] for row in answers(bands(people))] == band


def naive_band(percent_better: float) -> str:
    limits = {"top_1": 1, "top_5": 5, "top_20": 20, "mid": 50}
    return next((name for name, limit in limits.items() if percent_better < limit), "low")


def test_every_square_of_the_grid_has_a_cell() -> None:
    assert {cell for row in GRID.values() for cell in row} == set(CELLS)
    rows = [
        {"profile_id": r * 100 + f * 10 + m, "recency_score": r, "frequency_score": f, "monetary_score": m}
        for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)
    ]  # fmt: skip
    found = {row["profile_id"]: row["cell"] for row in answers(cells(nw.from_native(pl.DataFrame(rows).lazy())))}
    assert (found[555], found[511], found[155], found[111], found[335]) == (
        "champions", "new", "cannot_lose", "lost", "loyal",
    )  # fmt: skip
    assert None not in found.values()
