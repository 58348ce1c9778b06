"""Promo codes: each to one person at most, on real ticks."""

from __future__ import annotations

from datetime import timedelta

from hourglass.commerce import Validity, add_codes, promo_pools
from hourglass.journeys.effects.alerts import list_alerts
from tests.engine.shop import SHOP, START
from tests.journeys.effects.asking import broken_once, journey, viewed

PROMO = {"promo": {"pool": "summer", "into": "gift"}}
TELL = {"emit": {"event": "Given", "properties": {"code": "{{ steps.gift }}"}}}


def fill(shop, *codes, **validity):
    with shop.database.transaction() as tx:
        return add_codes(tx, SHOP, "summer", codes, shop.clock.now(), Validity(**validity))


def alerts(shop):
    with shop.database.transaction() as tx:
        return [one.words for one in list_alerts(tx, SHOP, 10)]


def pools(shop):
    with shop.database.transaction() as tx:
        return [(one.pool, one.left, one.given) for one in promo_pools(tx, SHOP, shop.clock.now())]


def given(shop):
    return shop.rows(
        "SELECT properties->>'code' FROM events e JOIN event_names n ON n.id = e.name_id "
        "WHERE n.name = 'Given' ORDER BY 1"
    )


def test_everybody_gets_a_code_of_their_own_that_later_steps_know(shop):
    fill(shop, "A", "B", "C")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    assert given(shop) == [("A",), ("B",)]
    assert pools(shop) == [("summer", 1, 2)]


def test_giving_a_code_is_one_decision(shop):
    fill(shop, "A")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed())
    shop.tick()
    assert shop.rows("SELECT step, outcome FROM run_steps ORDER BY step") == [
        ("entry", "entered"), ("steps[0]", "went_on"), ("steps[1]", "did"),
    ]  # fmt: skip


def test_messages_carry_the_code(shop):
    fill(shop, "A")
    shop.define(
        {"kind": "template", "key": "gift", "name": "Gift", "channel": "email", "subject": "{{ steps.gift }}",
         "html": "<p>{{ steps.gift }}</p>"},
        journey(PROMO, {"send": {"channel": "email", "template": "gift"}}),
    )  # fmt: skip
    shop.send(viewed())
    shop.tick()
    assert shop.rows("SELECT facts->'steps'->>'gift' FROM messages") == [("A",)]


def test_an_empty_pool_lets_people_leave_and_says_so_in_their_language(shop):
    fill(shop, "A")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    assert sorted(reason or "" for _, _, reason, _ in shop.runs()) == ["", "no_codes_left"]
    assert alerts(shop) == [
        {"en": "No promo codes are left in “summer”.", "ru": "В пуле «summer» закончились промокоды."}
    ]


def test_where_the_journey_says_so_people_go_on_without_a_code(shop):
    shop.define(journey({"promo": {**PROMO["promo"], "empty": "go_on"}}, TELL))
    shop.send(viewed())
    shop.tick()
    assert given(shop) == [(None,)]


def test_a_tick_that_is_rolled_back_gave_nothing_away(shop, monkeypatch):
    fill(shop, "A", "B")
    shop.define(journey(PROMO, TELL))
    shop.send(viewed())
    with broken_once(shop, monkeypatch):
        shop.tick()
    assert given(shop) == [("A",)]
    assert pools(shop) == [("summer", 1, 1)]


def test_who_runs_the_shop_hears_before_the_last_code_is_gone(shop):
    fill(shop, *(f"C{n:02}" for n in range(12)))
    shop.define(journey(PROMO))
    shop.send(*(viewed(f"p{n}") for n in range(10)))
    shop.tick()
    assert alerts(shop) == []
    shop.send(viewed("q"))
    shop.tick()
    assert alerts(shop) == [
        {
            "en": "Few promo codes are left in “summer”: add more.",
            "ru": "В пуле «summer» осталось мало промокодов: добавьте новых.",
        }
    ]


def test_messages_know_until_when_their_code_is_good(shop):
    fill(shop, "A")
    shop.define(
        {"kind": "template", "key": "gift", "name": "Gift", "channel": "email", "subject": "{{ promo.code }}",
         "html": "<p>{{ promo.expires_at | date: '%d %B' }}</p>"},
        journey({"promo": {**PROMO["promo"], "good_for": "14d"}}, {"send": {"channel": "email", "template": "gift"}}),
    )  # fmt: skip
    shop.send(viewed())
    shop.tick()
    [(promo,)] = shop.rows("SELECT facts->'steps'->'promo' FROM messages")
    assert promo == {"code": "A", "pool": "summer", "expires_at": "2026-03-15T23:59:59+00:00"}


def test_a_reminder_waits_for_the_days_before_the_end_and_not_for_those_who_used_their_code(shop):
    fill(shop, "A", "B", valid_for="14d")
    shop.define(
        journey(PROMO, {"wait": {"run": "steps.promo.expires_at", "offset": "-3d"}}, {"emit": {"event": "Reminded"}},
                exit_when={"event": "Promo Code Redeemed"})
    )  # fmt: skip
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    shop.send({"userId": "boris", "event": "Order Completed", "properties": {"order_id": "o1", "coupon": "b"}})
    shop.tick()
    assert [ended for _, _, ended, _ in shop.runs()].count("exit_condition") == 1
    shop.tick(after=timedelta(days=11, hours=11))
    assert told(shop, "Reminded") == []
    shop.tick(after=timedelta(hours=2))
    assert [who for who, _ in told(shop, "Reminded")] == ["anna"]


def test_that_a_code_was_given_is_an_event_by_which_other_journeys_begin(shop):
    fill(shop, "A", valid_until=START + timedelta(days=5))
    shop.define(journey(PROMO), journey({"emit": {"event": "Kept"}}, key="keep", event="Promo Code Issued"))
    shop.send(viewed())
    shop.tick()
    [(who, issued)] = told(shop, "Promo Code Issued")
    assert (who, issued["code"], issued["expires_at"]) == ("anna", "A", (START + timedelta(days=5)).isoformat())
    assert len(told(shop, "Kept")) == 1


def told(shop, event):
    """(user, properties) of each such event."""
    return shop.rows(
        "SELECT i.value, e.properties FROM events e JOIN event_names n ON n.id = e.name_id "
        "JOIN identities i ON i.id = e.identity_id WHERE n.name = %s ORDER BY e.at", event
    )  # fmt: skip
