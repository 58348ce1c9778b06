"""Journeys put people into audiences of other systems: with consent, in order, once, and everybody can see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hourglass.journeys import Syncs, read_journey
from hourglass.journeys.audiences.api import audience_states
from hourglass.kernel import Malformed
from hourglass.secrets import open_vault, put_secret
from tests.engine.shop import SHOP, Shop
from tests.journeys.effects.system import System, running

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def system() -> Iterator[System]:
    with running() as made:
        yield made


@pytest.fixture
def syncs(shop: Shop, tmp_path: Any) -> Syncs:
    settings = msgspec.structs.replace(shop.settings, data=tmp_path, webhook_private=True)
    with shop.database.transaction() as tx:
        put_secret(
            tx, open_vault(settings), SHOP, "ads", "sixteen letters and more", author="test", now=shop.clock.now()
        )
    return Syncs(shop.database, shop.clock, settings)


def connector(system: System, **more: Any) -> dict[str, Any]:
    settings = {"url": system.url, "signing_secret": {"secret": "ads"}, **more}
    consent = {"channel": "ads", "topic": "ads"}
    return {"kind": "connector", "key": "ads", "plugin": "webhook", "settings": settings, "consent": consent}


def journey(event: str, **audience: str) -> dict[str, Any]:
    entry = {"event": event}
    step = {"audience": {"connector": "ads", **audience}}
    return {"kind": "journey", "key": event.lower().replace(" ", "-"), "entry": entry, "steps": [step]}


def said_yes(shop: Shop, *who: str) -> None:
    for one in who:
        shop.rows(
            "INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
            " SELECT 1, profile_id, 'ads', 'ads', true, %s, 'test' FROM identities WHERE value = %s RETURNING 1",
            shop.clock.now(),
            one,
        )


def told(system: System) -> list[tuple[str, bool]]:
    bodies = [msgspec.json.decode(got.body) for got in system.got]
    return [(one["member"]["user_id"], one["add"]) for body in bodies for one in body["members"]]


def states(shop: Shop) -> list[tuple[str, str | None]]:
    return shop.rows("SELECT state, reason FROM audience_syncs ORDER BY id")


def test_only_who_agreed_is_told_of_and_whoever_is_taken_out_is_not_asked(shop, syncs, system):
    shop.define(connector(system), journey("Order Completed", add_to="vips"), journey("Asked Out", remove_from="vips"))
    for who in ("anna", "boris"):
        shop.send({"userId": who, "event": "Order Completed", "properties": {"order_id": who}})
    shop.tick()
    said_yes(shop, "anna")
    assert syncs.once() == 2
    shop.send({"userId": "boris", "event": "Asked Out"})
    shop.tick()
    assert syncs.once() == 1
    assert syncs.once() == 0
    assert told(system) == [("anna", True), ("boris", False)]
    assert states(shop) == [("done", None), ("refused", "no_consent"), ("done", None)]
    with shop.database.transaction() as tx:
        [state] = audience_states(tx, SHOP)
    assert (state.audience, state.added, state.removed, state.refused, state.waiting) == ("vips", 1, 1, 1, 0)
    assert state.problem is not None


def test_what_failed_comes_again_later_and_nothing_overtakes_it(shop, syncs, system):
    system.answers = [(503, None), (200, None)]
    shop.define(connector(system), journey("Order Completed", add_to="vips"), journey("Asked Out", remove_from="vips"))
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick()
    said_yes(shop, "anna")
    assert syncs.once() == 1
    assert states(shop) == [("queued", "try_later")]
    shop.send({"userId": "anna", "event": "Asked Out"})
    shop.tick()
    assert syncs.once() == 0, "the removal waits for what was asked before"
    shop.clock.advance(HALF_AN_HOUR)
    assert syncs.once() == 2
    assert told(system) == [("anna", True), ("anna", True), ("anna", False)]
    assert states(shop) == [("done", None)] * 2


def test_large_audiences_go_in_parts_and_a_refusal_is_for_good(shop, syncs, system):
    system.answers = [(200, None), (403, None)]
    shop.define(connector(system, batch=2), journey("Asked Out", remove_from="vips"))
    shop.send(*({"userId": f"u{n}", "event": "Asked Out"} for n in range(3)))
    shop.tick()
    assert syncs.once() == 3
    assert states(shop) == [("done", None), ("done", None), ("failed", "refused")]


def test_a_connector_that_is_not_there_is_said_where_the_run_is(shop):
    shop.define(journey("Order Completed", add_to="vips"))
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick()
    assert shop.rows("SELECT outcome, detail->>'reason' FROM run_steps WHERE step = 'steps[0]'") == [
        ("not_done", "no_such_connector")
    ]
    assert states(shop) == []


@pytest.mark.parametrize("audience", [{}, {"add_to": "a", "remove_from": "a"}, {"add_to": "a", "connector": ""}])
def test_a_step_names_one_audience_and_a_connector(audience):
    with pytest.raises(Malformed):
        read_journey(journey("Order Completed", **audience))
