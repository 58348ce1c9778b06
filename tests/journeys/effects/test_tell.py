"""Traits and events that a journey tells, on real ticks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.engine.shop import Shop
from tests.journeys.effects.asking import broken_once, emit, journey, notes, ordered, viewed

HOUR = timedelta(hours=1)


def traits(shop: Shop, user: str = "anna") -> dict[str, Any]:
    found = shop.rows(
        "SELECT p.traits FROM profiles p JOIN identities i ON i.profile_id = p.id "
        "WHERE i.kind = 'user_id' AND i.value = %s",
        user,
    )
    return found[0][0]


def told(shop: Shop, name: str) -> list[dict[str, Any]]:
    found = shop.rows(
        "SELECT e.properties FROM events e JOIN event_names n ON n.id = e.name_id WHERE n.name = %s ORDER BY e.seq",
        name,
    )
    return [row[0] for row in found]


def test_an_update_sets_traits_and_takes_them_away(shop):
    shop.define(journey({"update": {"traits": {"vip": True, "old": None, "last": "{{ event.properties.sku }}"}}}))
    shop.send({"type": "identify", "userId": "anna", "traits": {"old": 1, "city": "Riga"}})
    shop.tick(HOUR)
    shop.send(viewed(sku="tea"))
    shop.tick(HOUR)
    assert traits(shop) == {"vip": True, "last": "tea", "city": "Riga"}


def test_a_value_that_names_one_thing_keeps_its_type_and_a_missing_one_is_left_out(shop):
    shop.define(
        journey(
            {"update": {"traits": {"n": "{{ event.count }}", "text": "{{ event.count }} of", "no": "{{ event.x }}"}}}
        )
    )
    shop.send(viewed(count=3))
    shop.tick()
    assert traits(shop) == {"n": 3, "text": "3 of"}


def test_of_two_updates_at_once_the_later_step_counts(shop):
    shop.define(journey({"update": {"traits": {"state": "b"}}}, {"update": {"traits": {"state": "a"}}}))
    shop.send(viewed())
    shop.tick()
    assert traits(shop) == {"state": "a"}


def test_an_emitted_event_lets_people_into_other_journeys(shop):
    offer = emit("Offer Made", sku="{{ event.properties.sku }}", to="{{ profile.city | upcase }}", by="{{journey.key}}")
    shop.define(journey(offer), journey({"exit": "seen"}, key="follows", event="Offer Made"))
    shop.send({"type": "identify", "userId": "anna", "traits": {"city": "Riga"}}, viewed(sku="tea"))
    shop.tick()
    assert told(shop, "Offer Made") == [{"sku": "tea", "to": "RIGA", "by": "thanks"}]
    assert ("follows", "exited", "seen", "") in shop.runs()


def test_each_visit_of_a_person_tells_once_however_often_the_event_is_repeated(shop):
    shop.define(journey(emit("Offer Made"), emit("Offer Made")))
    for _ in range(2):
        shop.send(viewed() | {"messageId": "the same"})
        shop.tick()
    assert len(told(shop, "Offer Made")) == 2
    shop.send(viewed())
    shop.tick(HOUR)
    assert len(told(shop, "Offer Made")) == 4


def test_a_tick_that_is_rolled_back_told_nothing_and_its_repeat_tells_once(shop, monkeypatch):
    shop.define(journey({"update": {"traits": {"vip": True}}}, emit("Offer Made")))
    shop.send(viewed(), viewed("boris"))
    with broken_once(shop, monkeypatch):
        shop.tick()
    assert len(told(shop, "Offer Made")) == 2
    assert traits(shop) == traits(shop, "boris") == {"vip": True}
    assert shop.rows("SELECT count(*) FROM event_log") == [(0,)]


def test_journeys_that_set_each_other_off_come_to_an_end(shop):
    shop.define(
        journey(emit("Ping"), key="a", event="Pong"),
        journey(emit("Pong"), key="b", event="Ping"),
        journey(emit("Ping"), key="c", event="Order Completed"),
    )
    shop.send(ordered())
    shop.tick()
    assert len(told(shop, "Ping")) + len(told(shop, "Pong")) == 10
    assert [reason for _, outcome, reason in notes(shop) if outcome == "not_done"] == ["too_deep"]


def test_what_cannot_be_computed_is_left_out_for_that_person_alone(shop):
    shop.define(journey({"update": {"traits": {"half": "{{ event.count | divided_by: event.by }}!"}}}))
    shop.send(viewed(count=4, by=0), viewed("boris", count=4, by=2))
    shop.tick()
    assert traits(shop, "boris") == {"half": "2!"}
    assert sorted(outcome for _, outcome, _ in notes(shop)) == ["did", "not_done"]


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"update": {"vip": True}}, "steps[0].update"),
        ({"update": {"traits": {"email": "a@example.com"}}}, "steps[0].update.traits.email"),
        ({"update": {"traits": {"a": "{{ cart.value }}"}}}, "steps[0].update.traits.a"),
        ({"update": {"traits": {"a": ["{{ event.x | nonsense }}"]}}}, "steps[0].update.traits.a[0]"),
        ({"emit": {"properties": {}}}, "steps[0].emit"),
        ({"emit": {"event": "A", "properties": []}}, "steps[0].emit.properties"),
        ({"list": {"add": "vip", "remove": "vip"}}, "steps[0].list"),
        (emit("Product Viewed"), "steps[0].emit.event"),
    ],
)
def test_a_faulty_action_is_refused_with_its_place(step, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(step))
    assert refused.value.path == path
