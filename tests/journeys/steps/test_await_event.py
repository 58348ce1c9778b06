"""Event or timeout: whichever comes first, once, in the same tick, on the version that the person stands on."""

from __future__ import annotations

from datetime import timedelta

from tests.engine.shop import TEMPLATE, Shop

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BIG = [{"property": "revenue", "op": "at_least", "value": 50}]


def tell(template):
    return {"send": {"channel": "email", "template": template}}


def waits(**more):
    wait = {"event": "Order Completed", "timeout": "2d", "then": [tell("hello")], "else": [tell("alas")], **more}
    return {"id": "bought", "wait": wait}


def journey(*steps, **more):
    entry = {"event": "Signed Up"}
    return {"kind": "journey", "key": "walk", "entry": entry, "reentry": "once", "steps": list(steps), **more}


def ordered(order="o1", revenue=60, user="anna"):
    return {"userId": user, "event": "Order Completed", "properties": {"order_id": order, "revenue": revenue}}


SIGNED_UP = {"userId": "anna", "event": "Signed Up"}
ALAS = {**TEMPLATE, "key": "alas"}


def test_the_event_moves_the_run_on_at_once_and_what_it_said_stays(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]
    assert shop.rows("SELECT facts #>> '{steps,bought,properties,order_id}', facts ? 'flow' FROM messages") == [
        ("o1", False)
    ]
    assert shop.rows("SELECT entry #>> '{steps,bought,event}' FROM journey_runs") == [("Order Completed",)]
    shop.tick(3 * DAY)
    assert len(shop.messages()) == 1, "the timeout is off"


def test_without_it_the_other_way_after_the_timeout(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.tick(2 * DAY - timedelta(seconds=1))
    assert shop.messages() == []
    shop.tick(timedelta(seconds=1))
    assert shop.messages() == [("alas", "queued", None)]
    shop.send(ordered())
    shop.tick()
    assert len(shop.messages()) == 1, "too late"


def test_only_an_event_about_the_same_thing(shop):
    looked = {"event": "Product Viewed", "same": "product_id", "timeout": "2d", "else": [{"exit": "once"}]}
    again = {"wait": looked}
    shop.define(
        TEMPLATE, {**journey(again, tell("hello")), "entry": {"event": "Product Viewed"}, "correlate": "product_id"}
    )
    views = [{"userId": "anna", "event": "Product Viewed", "properties": {"product_id": one}} for one in ("tea", "mug")]
    nothing = {"userId": "anna", "event": "Product Viewed"}
    shop.send(*views, nothing)
    shop.tick()
    assert shop.messages() == []
    shop.send(views[1])
    shop.tick(HOUR)
    assert shop.rows("SELECT r.correlation FROM messages m JOIN journey_runs r ON r.id = m.run_id") == [("mug",)]
    shop.tick(2 * DAY)
    assert len(shop.messages()) == 1


def test_only_the_event_that_is_meant(shop):
    shop.define(TEMPLATE, ALAS, journey(waits(where=BIG)))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered(revenue=10), ordered(user="boris"), {"userId": "anna", "event": "Product Viewed"})
    shop.tick(HOUR)
    assert shop.messages() == []
    shop.send(ordered("o2"))
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]


def test_an_event_in_the_batch_of_the_entry_counts_when_it_came_after_it(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(ordered("before"), SIGNED_UP)
    shop.tick()
    assert shop.messages() == []
    other = {"userId": "boris", "event": "Signed Up"}
    shop.send(other, ordered("after", user="boris"))
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]


def test_one_event_passes_one_wait(shop):
    shop.define(TEMPLATE, ALAS, journey(waits(), {**waits(), "id": "again"}))
    shop.send(SIGNED_UP, ordered())
    shop.tick()
    assert len(shop.messages()) == 1
    shop.send(ordered("o2"))
    shop.tick(HOUR)
    assert len(shop.messages()) == 2
    assert shop.rows("SELECT entry #>> '{steps,again,properties,order_id}' FROM journey_runs") == [("o2",)]


def test_the_log_is_cut_into_any_batches(database):
    shop = Shop(database, tick_events=1)
    shop.define(TEMPLATE, ALAS, journey(waits(), {**waits(), "id": "again"}))
    shop.send(SIGNED_UP, ordered(), ordered("o2"))
    shop.tick()
    assert shop.messages() == [("hello", "queued", None)] * 2
    shop.worker.close()


def test_an_event_before_the_timeout_wins_though_the_engine_was_away(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.clock.advance(DAY)
    shop.send(ordered())
    shop.tick(3 * DAY)
    assert shop.messages() == [("hello", "queued", None)]


def test_an_event_after_the_timeout_is_too_late_though_the_engine_was_away(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.clock.advance(3 * DAY)
    shop.send(ordered())
    shop.tick()
    assert shop.messages() == [("alas", "queued", None)]


def test_who_stands_on_an_older_version_still_hears(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.define(journey(tell("alas")))
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]


def test_an_order_that_ends_the_run_says_nothing_more(shop):
    shop.define(TEMPLATE, ALAS, journey(waits(), exit_when={"event": "Order Completed"}))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered())
    shop.tick(HOUR)
    assert (shop.messages(), shop.runs()) == ([], [("walk", "exited", "exit_condition", "")])


def test_an_imported_event_moves_nobody(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered(), historical=True)
    shop.tick(HOUR)
    assert shop.messages() == []


def test_a_visitor_who_turns_out_to_be_somebody_waits_on_as_that_person(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send({"anonymousId": "device", "event": "Signed Up"})
    shop.tick()
    shop.send({"type": "identify", "anonymousId": "device", "userId": "anna", "traits": {"city": "Almaty"}})
    shop.tick(HOUR)
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]


def test_a_paused_journey_hears_nothing_and_its_timeout_waits(shop):
    shop.define(TEMPLATE, ALAS, journey(waits()))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.define(journey(waits(), state="paused"))
    shop.send(ordered())
    shop.tick(3 * DAY)
    assert shop.messages() == []
    shop.define(journey(waits()))
    shop.tick()
    assert shop.messages() == [("alas", "queued", None)]
