"""Codes are used up, by orders that name them and by tills that ask; those that are not good are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.commerce import Taker, Validity, add_codes, codes_of, give
from hourglass.commerce.api import PromoCodesController, PromoController
from hourglass.postgres import find_workspace
from tests.engine.shop import SHOP, START
from tests.web.admin.asking import asking

DAY = timedelta(days=1)


@pytest.fixture
def client(shop):
    doors = [PromoController, PromoCodesController]
    with asking(shop.database, doors, clock=shop.clock, settings=shop.settings) as made:
        yield made


def fill(shop, *codes, **validity):
    with shop.database.transaction() as tx:
        add_codes(tx, SHOP, "summer", codes, START, Validity(**validity))


def give_to(shop, user):
    [(person,)] = shop.rows("SELECT profile_id FROM identities WHERE value = %s", user)
    with shop.database.transaction() as tx:
        give(tx, find_workspace(tx), "summer", [Taker(run_id=1, visit="steps[0]", profile_id=person)], shop.clock.now())


def ordered(coupon, order="o1", user="boris", **more):
    return {"userId": user, "event": "Order Completed", "properties": {"order_id": order, "coupon": coupon}, **more}


def told(shop):
    """(event, user, code, order, reason) of what was told about codes."""
    return shop.rows(
        "SELECT n.name, i.value, e.properties->>'code', e.properties->>'order_id', e.properties->>'reason' "
        "FROM events e JOIN event_names n ON n.id = e.name_id JOIN identities i ON i.id = e.identity_id "
        "WHERE n.name LIKE 'Promo Code %%' ORDER BY e.at, n.name, 4"
    )


def used(shop):
    with shop.database.transaction() as tx:
        return {one.code: one.order_id for one in codes_of(tx, SHOP, "summer") if one.redeemed_at}


def test_an_order_uses_its_codes_up_once_and_who_had_got_one_is_told_about(shop):
    fill(shop, "SUN-1", "SUN-2")
    shop.send({"type": "identify", "userId": "anna"})
    shop.tick()
    give_to(shop, "anna")
    shop.send(ordered("sun-1, SUN-2, OTHER"), ordered("SUN-1", messageId="again"))
    shop.tick()
    assert used(shop) == {"SUN-1": "o1", "SUN-2": "o1"}
    assert told(shop) == [
        ("Promo Code Redeemed", "anna", "SUN-1", "o1", None),
        ("Promo Code Redeemed", "boris", "SUN-2", "o1", None),
    ]


def test_a_code_that_is_used_withdrawn_or_over_is_refused_with_the_reason(shop, client):
    fill(shop, "USED", "GONE")
    fill(shop, "OVER", valid_until=START + DAY)
    fill(shop, "COMING", valid_from=START + 3 * DAY)
    client.post("/api/promo/summer/revoke", json={"codes": ["GONE"]})
    shop.clock.advance(2 * DAY)
    shop.send(*(ordered(code, f"o-{code}") for code in ("USED", "GONE", "OVER", "COMING")))
    shop.clock.advance(timedelta(seconds=1))
    shop.send(ordered("USED", "o-twice"))
    shop.tick()
    assert used(shop) == {"USED": "o-USED"}
    assert [(code, reason) for name, _, code, _, reason in told(shop) if name == "Promo Code Refused"] == [
        ("COMING", "not_yet"), ("GONE", "revoked"), ("OVER", "expired"), ("USED", "used"),
    ]  # fmt: skip


def test_what_counts_is_when_the_order_was_made_not_when_it_is_heard_of(shop):
    fill(shop, "SUN", valid_until=START + DAY)
    shop.clock.advance(2 * DAY)
    shop.send(ordered("SUN", timestamp=(START + DAY - timedelta(seconds=1)).isoformat()))
    shop.tick()
    assert used(shop) == {"SUN": "o1"}


def test_imported_orders_use_codes_up_and_tell_nothing(shop):
    fill(shop, "SUN")
    shop.send(ordered("SUN"), historical=True)
    shop.tick()
    assert (used(shop), told(shop)) == ({"SUN": "o1"}, [])


def test_a_till_asks_and_uses_a_code_up_for_one_order(shop, client):
    fill(shop, "SUN-1", valid_for="14d")
    shop.send({"type": "identify", "userId": "anna"})
    shop.tick()
    give_to(shop, "anna")
    asked = client.get("/api/promo-codes/sun-1").json()
    assert (asked["state"], asked["expires_at"][:10]) == ("good", (START + 14 * DAY).date().isoformat())
    for _ in range(2):
        done = client.post("/api/promo-codes/SUN-1/redeem", json={"order_id": "o1"})
        assert (done.status_code, done.json()["state"], done.json()["order_id"]) == (200, "used", "o1")
    refused = client.post("/api/promo-codes/SUN-1/redeem", json={"order_id": "o2"})
    assert (refused.status_code, refused.json()) == (409, {"error": "The code was used before.", "reason": "used"})
    shop.send(ordered("SUN-1"))
    shop.tick()
    assert told(shop) == [("Promo Code Redeemed", "anna", "SUN-1", "o1", None)]
    assert client.get("/api/promo-codes/nothing").status_code == 404


def test_a_till_is_told_when_a_code_has_ended(shop, client):
    fill(shop, "SUN", valid_until=START + DAY)
    shop.clock.advance(DAY)
    assert client.get("/api/promo-codes/SUN").json()["state"] == "expired"
    refused = client.post("/api/promo-codes/SUN/redeem", json={"order_id": "o1"})
    assert (refused.status_code, refused.json()["reason"]) == (409, "expired")


def test_pools_over_http(client):
    body = {"codes": ["A", "B", "A"], "valid_until": "2026-12-31T23:00:00Z", "valid_for": "14d"}
    assert client.post("/api/promo/summer", json=body).json() == {"added": 2, "known": 1}
    [pool] = client.get("/api/promo").json()
    assert pool == {"pool": "summer", "left": 2, "given": 0, "redeemed": 0, "expired": 0, "revoked": 0}
    assert [(one["code"], one["given_at"], one["expires_at"]) for one in client.get("/api/promo/summer").json()] == [
        ("A", None, "2026-12-31T23:00:00Z"), ("B", None, "2026-12-31T23:00:00Z"),
    ]  # fmt: skip
    assert client.post("/api/promo/summer/revoke", json={}).json() == {"revoked": 2}
    assert client.post("/api/promo/winter/revoke", json={}).status_code == 404
    assert client.post("/api/promo/summer", json={"codes": []}).status_code == 400
    refused = client.post("/api/promo/summer", json={"codes": ["x" * 101]})
    assert (refused.status_code, refused.json()["path"]) == (400, "codes")
    past = client.post("/api/promo/summer", json={"codes": ["C"], "valid_until": "2020-01-01T00:00:00Z"})
    assert (past.status_code, past.json()["path"]) == (400, "valid_until")
