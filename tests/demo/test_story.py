"""The story is true where it says so, labelled where it is made up, and the same each time it is told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from hourglass.demo.retail import Retail
from hourglass.demo.story import Dates, Story, tell
from hourglass.events import check, decode, envelope
from hourglass.kernel import to_minor
from tests.demo.facts import customers_in_file, facts

REAL = {"Order Completed", "Order Cancelled", "Order Refunded"}


@pytest.fixture(scope="session")
def told(story: Story) -> list[dict[str, Any]]:
    return [story.told(moment) for moment in (*story.history, *story.live)]


def named(told: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in told if event.get("event") == name]


def test_real_orders_are_those_of_the_file(told: list[dict[str, Any]]) -> None:
    orders, known = named(told, "Order Completed"), facts()
    assert len({order["properties"]["order_id"] for order in orders}) == len(orders) == known.orders
    assert sum(to_minor(order["properties"]["revenue"], "GBP") or 0 for order in orders) == known.revenue_pence
    assert len({order["userId"] for order in orders if "userId" in order}) == known.buyers
    assert sum("userId" not in order for order in orders) == known.guest_orders


def test_real_cancellations_are_those_of_the_file(told: list[dict[str, Any]]) -> None:
    back, known = [event for event in told if event.get("event") in REAL - {"Order Completed"}], facts()
    assert len({event["properties"]["refund_id"] for event in back}) == known.cancellations
    pence = sum(to_minor(event["properties"]["total"], "GBP") or 0 for event in back)
    assert abs(pence * 10 - known.refunded_thousandths) < 10 * len(back)


def test_every_customer_of_an_order_or_a_cancellation_becomes_known(told: list[dict[str, Any]]) -> None:
    people = {event["userId"] for event in named(told, "Signed Up") if event["userId"].isdigit()}
    assert len(people) == facts().customers == customers_in_file()


def test_what_is_made_up_says_so(told: list[dict[str, Any]]) -> None:
    for event in told:
        real = event.get("event") in REAL or event.get("traits", {}).keys() == {"country"}
        assert event["context"].get("generated", False) is not real
        if event["type"] == "identify" and not real:
            made_up = event["traits"].keys() - {"country", "generated_fields"}
            assert set(event["traits"]["generated_fields"]) == made_up
        if event.get("event") == "Order Completed":
            assert ("cart_id" in event["properties"]) == ("cart_id" in event["context"]["generated_fields"])


def test_made_up_addresses_can_reach_nobody(told: list[dict[str, Any]]) -> None:
    addresses = {event["traits"]["email"] for event in told if "email" in event.get("traits", {})}
    assert {address.partition("@")[2] for address in addresses} == {"example.com", "example.net", "example.org"}


def test_time_runs_forward_and_the_cut_divides_it(story: Story, dates: Dates) -> None:
    times = [story.at(moment) for moment in (*story.history, *story.live)]
    assert times == sorted(times)
    assert story.at(story.history[-1]) < dates.cut <= story.at(story.live[0])


def test_the_data_ends_at_the_chosen_moment(story: Story, dates: Dates) -> None:
    orders = [m for m in story.live if story.told(m).get("event") == "Order Completed"]
    assert story.at(orders[-1]) == dates.end


def test_every_event_passes_the_door_and_the_pipeline(told: list[dict[str, Any]], dates: Dates) -> None:
    received = dates.end + timedelta(days=10)
    for start in range(0, len(told), 5000):
        part = told[start : start + 5000]
        assert all(check(msgspec.json.encode(event), None, "", received) for event in part)
        chunk = b"[" + b",".join(envelope(event["type"], event, historical=True) for event in part) + b"]"
        events, dropped = decode(chunk, received, received, "GBP")
        assert not dropped
        assert [event.at for event in events] == [datetime.fromisoformat(body["timestamp"]) for body in part]


def test_message_ids_are_unique(told: list[dict[str, Any]]) -> None:
    assert not [key for key, count in Counter(event["messageId"] for event in told).items() if count > 1]


def test_a_short_story_speaks_only_of_orders_it_has_told(hour: Story) -> None:
    events = [hour.told(moment) for moment in (*hour.history, *hour.live)]
    orders = {event["properties"]["order_id"] for event in named(events, "Order Completed")}
    assert len({event["messageId"] for event in events}) == len(events)
    assert {e["properties"]["order_id"] for e in events if "order_id" in e.get("properties", {})} == orders


def test_the_same_story_is_told_again(retail: Retail, story: Story, dates: Dates) -> None:
    again = tell(retail, dates)
    assert len(again.live) == len(story.live)
    for ours, theirs in zip(again.live, story.live, strict=True):
        assert again.told(ours) == story.told(theirs)


def test_another_end_tells_the_same_at_other_times(retail: Retail, story: Story, dates: Dates) -> None:
    later = timedelta(days=30, hours=5)
    moved = tell(retail, Dates(since=dates.since + later, cut=dates.cut + later, end=dates.end + later))
    first, same = story.told(story.live[0]), moved.told(moved.live[0])
    assert moved.at(moved.live[0]) - story.at(story.live[0]) == later
    assert {**first, "timestamp": ""} == {**same, "timestamp": ""}


def test_another_seed_tells_another_story_around_the_same_orders(retail: Retail, dates: Dates) -> None:
    hour = Dates(since=dates.end - timedelta(hours=9), cut=dates.end - timedelta(hours=1), end=dates.end)
    stories = [tell(retail, hour, seed) for seed in ("one", "other")]
    one, other = ([s.told(m) for m in (*s.history, *s.live)] for s in stories)
    assert named(one, "Order Completed") == named(other, "Order Completed")
    assert named(one, "Signed Up") != named(other, "Signed Up")


def test_browsing_comes_before_the_order_it_led_to(story: Story) -> None:
    filled: dict[str, datetime] = {}
    for moment in story.live:
        event = story.told(moment)
        if event.get("event") == "Product Added":
            filled[event["properties"]["cart_id"]] = moment.at
        if event.get("event") == "Order Completed" and event["properties"]["cart_id"] in filled:
            assert filled[event["properties"]["cart_id"]] < moment.at


def test_the_week_has_all_that_the_journeys_wait_for(story: Story, dates: Dates, retail: Retail) -> None:
    week = Counter(story.told(m).get("event") for m in story.live if story.at(m) < dates.end)
    assert week["Order Completed"] == 644  # and the one of the last minute
    assert week["Signed Up"] > 100
    assert week["Order Delivered"] > 500
    added = {
        story.told(m)["properties"]["cart_id"] for m in story.live if story.told(m).get("event") == "Product Added"
    }
    ordered = {f"cart-{order.number}" for order in retail.orders}
    assert len(added - ordered) > 300
    assert 20_000 < len(story.live) < 45_000


def test_no_hour_of_the_week_is_silent(story: Story, dates: Dates) -> None:
    hours = Counter((story.at(m) - dates.cut) // timedelta(hours=1) for m in story.live if story.at(m) < dates.end)
    assert set(range(168)) <= hours.keys()
