"""What every SDK says in these tests, and how we must have understood it."""

from __future__ import annotations

from hourglass.events import Event, identifiers


def by_name(events: list[Event]) -> dict[str, Event]:
    """Each event of these tests has a name of its own."""
    assert len({event.name for event in events}) == len(events)
    return {event.name: event for event in events}


def assert_understood(events: list[Event]) -> None:
    """identify, track, page, group and alias of Anna arrived with everything they said."""
    said = by_name(events)
    identified, ordered, viewed = said["Profile Identified"], said["Order Completed"], said["Page Viewed"]
    assert identified.user_id == "anna"
    assert identified.traits["city"] == "Алматы"
    assert ("email", "anna@example.com") in identifiers(identified)
    assert (ordered.order_id, ordered.revenue, ordered.currency) == ("o1", 1899, "EUR")
    assert ordered.properties["products"] == [{"product_id": "p1", "quantity": 2}]
    assert viewed.properties["name"] == "Home"
    assert viewed.properties["url"] == "https://shop.test/"
    assert said["Group Joined"].group_id == "vip"
    assert said["Group Joined"].traits["plan"] == "gold"
    assert (said["Alias Stated"].user_id, said["Alias Stated"].previous_id) == ("anna", "device-1")
    assert len({event.message_id for event in events}) == len(events)
    assert all(
        abs((event.at - event.received_at).total_seconds()) < 60 for event in events if event.name != "Tea Tasted"
    )
