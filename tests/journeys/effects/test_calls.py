"""Journeys ask other systems and go on with the answer, on real ticks and over real HTTP."""

from __future__ import annotations

import threading
from datetime import timedelta
from time import monotonic

import msgspec
import pytest

from hourglass import profiles
from hourglass.channels import signed
from hourglass.journeys import Calls, read_journey
from hourglass.kernel import Malformed, Settings
from hourglass.secrets import open_vault, put_secret
from tests.engine.shop import SHOP, Shop
from tests.journeys.effects.asking import journey, viewed
from tests.journeys.effects.system import ways, webhook

MINUTE = timedelta(minutes=1)


def test_the_answer_moves_the_run_on_and_later_steps_use_it(shop, calls, system):
    system.answers = [(200, {"level": "gold", "points": 7})]
    asked = webhook(system, body={"sku": "{{ event.sku }}", "n": "{{ event.count }}"}, headers={"x-shop": "tea"})
    shop.define(journey(asked, {"update": {"traits": {"level": "{{ steps.crm.level }}"}}}))
    shop.send(viewed(sku="tea", count=2))
    shop.tick()
    assert shop.runs() == [("thanks", "waiting", None, "")]
    assert calls.once() == 1
    shop.tick(MINUTE)
    assert shop.runs() == [("thanks", "finished", None, "")]
    assert shop.rows("SELECT traits FROM profiles") == [({"level": "gold"},)]
    (got,) = system.got
    assert (got.method, msgspec.json.decode(got.body)) == ("POST", {"sku": "tea", "n": 2})
    assert got.headers["x-shop"] == "tea"
    assert calls.once() == 0


def reason(shop: Shop) -> str | None:
    return shop.runs()[-1][2]


def test_a_refusal_leads_the_other_way_at_once(shop, calls, system):
    system.answers = [(404, {"error": "unknown"})]
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    assert calls.once() == 1
    shop.tick()
    assert reason(shop) == "refused"
    assert shop.rows("SELECT state, status FROM journey_calls") == [("failed", 404)]


def test_a_system_that_fails_is_tried_again_after_longer_and_longer_pauses(shop, calls, system):
    system.answers = [(503, {}), (500, {}), (429, {}, {"retry-after": "90"})]
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    moments: list[timedelta] = []
    begin = shop.clock.now()
    while len(moments) < 4:
        if calls.once():
            moments.append(shop.clock.now() - begin)
        shop.clock.advance(timedelta(seconds=1))
    assert [one.total_seconds() for one in moments] == [0, 1, 3, 93]
    shop.tick()
    assert reason(shop) == "answered"
    assert len({one.headers["webhook-id"] for one in system.got}) == 1


def test_nobody_waits_longer_than_the_timeout_and_a_late_answer_changes_nothing(shop, calls, system):
    system.answers = [(503, {})]
    shop.define(journey(ways(system, timeout="1m")))
    shop.send(viewed())
    shop.tick()
    calls.once()
    shop.tick(2 * MINUTE)
    assert reason(shop) == "refused"
    assert calls.once() == 0
    assert shop.rows("SELECT state FROM journey_calls") == [("dropped",)]


def test_who_left_the_journey_is_not_asked_about(shop, calls, system):
    shop.define(journey(webhook(system), exit_when={"event": "Order Completed"}))
    shop.send(viewed())
    shop.tick()
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick()
    assert calls.once() == 0
    assert system.got == []


def test_the_body_is_signed_and_headers_take_secrets(shop, calls, system, tmp_path):
    vault = open_vault(Settings(data=tmp_path))
    with shop.database.transaction() as tx:
        for name, text in (("sign", "a secret of sixteen octets"), ("key", "Bearer 1")):
            put_secret(tx, vault, SHOP, name, text, author="test", now=shop.clock.now())
    asked = webhook(system, body={}, sign={"secret": "sign"}, headers={"Authorization": {"secret": "key"}})
    shop.define(journey(asked))
    shop.send(viewed())
    shop.tick()
    calls.once()
    (got,) = system.got
    expected = signed(b"a secret of sixteen octets", got.headers["webhook-id"], got.body, shop.clock.now())
    assert expected.items() <= got.headers.items()
    assert got.headers["authorization"] == "Bearer 1"


def test_addresses_of_our_own_network_are_not_called(shop, system, tmp_path):
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    settings = msgspec.structs.replace(shop.settings, data=tmp_path)
    assert Calls(shop.database, shop.clock, settings).once() == 1
    shop.tick()
    assert system.got == []
    assert reason(shop) == "refused"


def test_an_answer_that_somebody_made_up_moves_nobody(shop, calls, system):
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    ((run, visit),) = shop.rows("SELECT run_id, visit FROM journey_calls")
    for proof in ("0" * 32, "nonsense", None):
        properties = {"run": run, "visit": visit, "ok": True, "proof": proof}
        shop.send({"userId": "anna", "event": "Webhook Answered", "properties": properties})
    shop.tick()
    assert shop.runs() == [("thanks", "waiting", None, "")]


def test_each_of_two_runs_of_a_person_gets_its_own_answer(shop, calls, system):
    system.answers = [(200, {"n": 1}), (200, {"n": 2})]
    shop.define(
        journey(webhook(system), {"emit": {"event": "Heard", "properties": {"of": "{{ event.sku }}",
                "n": "{{ steps.crm.n }}"}}}, correlate="sku")
    )  # fmt: skip
    shop.send(viewed(sku="a"), viewed(sku="b"))
    shop.tick()
    assert calls.once() == 2
    shop.tick()
    heard = shop.rows(
        "SELECT properties->>'of', properties->>'n' FROM events e JOIN event_names n ON n.id = e.name_id "
        "WHERE n.name = 'Heard' ORDER BY 1"
    )
    assert heard == [("a", "1"), ("b", "2")]


def test_a_crash_after_the_call_repeats_it_by_the_same_name_and_moves_the_run_once(shop, calls, system, monkeypatch):
    shop.define(journey(webhook(system), {"emit": {"event": "Heard"}}))
    shop.send(viewed())
    shop.tick()
    monkeypatch.setattr(calls, "_settle", lambda *_: None)
    calls.once()
    monkeypatch.undo()
    assert calls.once() == 0
    shop.clock.advance(MINUTE)
    assert calls.once() == 1
    shop.tick()
    assert len(system.got) == 2
    assert len({one.headers["webhook-id"] for one in system.got}) == 1
    assert shop.rows("SELECT count(*) FROM events e JOIN event_names n ON n.id = e.name_id WHERE n.name = 'Heard'") == [
        (1,)
    ]


def test_an_answer_that_is_too_long_is_not_kept(shop, calls, system):
    system.answers = [(200, b'"' + b"x" * 20_000 + b'"')]
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    calls.once()
    shop.tick()
    assert reason(shop) == "answered"
    assert shop.rows("SELECT length(properties::text) < 2000 FROM events e JOIN event_names n ON n.id = e.name_id "
                     "WHERE n.name = 'Webhook Answered'") == [(True,)]  # fmt: skip


def test_beside_the_engine_calls_are_made_as_soon_as_they_are_asked_for(shop, calls, system):
    stop = threading.Event()
    thread = threading.Thread(target=calls.run, args=(stop,))
    thread.start()
    try:
        shop.define(journey(ways(system)))
        shop.send(viewed())
        shop.tick()
        deadline = monotonic() + 20
        while reason(shop) != "answered" and monotonic() < deadline:
            shop.tick()
    finally:
        stop.set()
        thread.join()
    assert reason(shop) == "answered"


def test_erasing_a_person_takes_what_was_asked_about_them(shop, system):
    shop.define(journey(webhook(system, body={"who": "{{ profile.email }}"})))
    shop.send(viewed())
    shop.tick()
    ((person,),) = shop.rows("SELECT id FROM profiles")
    with shop.database.transaction() as tx:
        profiles.erase(tx, SHOP, person, shop.clock.now())
    assert shop.rows("SELECT count(*) FROM journey_calls") == [(0,)]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "url"),
        ({"url": "ftp://example.com/"}, "url"),
        ({"url": "https://{{ event.host }}/"}, "url"),
        ({"url": "https://example.com{{ event.tail }}"}, "url"),
        ({"url": "https://a:b@example.com/"}, "url"),
        ({"url": "https://example.com/", "method": "TRACE"}, "method"),
        ({"url": "https://example.com/", "into": "a b"}, "into"),
        ({"url": "https://example.com/", "timeout": "30d"}, "timeout"),
        ({"url": "https://example.com/", "sign": "plain text"}, "sign"),
        ({"url": "https://example.com/", "headers": {"x-a": 1}}, "headers.x-a"),
        ({"url": "https://example.com/", "body": {"a": "{{ nobody.knows }}"}}, "body.a"),
    ],
)
def test_a_faulty_webhook_is_refused_with_its_place(asked, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey({"webhook": asked}))
    assert refused.value.path == f"steps[0].webhook.{path}"


def test_a_host_that_is_away_is_left_alone_and_all_get_their_answer_when_it_is_back(shop, calls, system, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("hourglass.journeys.effects.hosts.monotonic", lambda: now[0])
    shop.define(journey(ways(system)))
    shop.send(*(viewed(f"user{n}") for n in range(5)))
    shop.tick()
    url, system.url = system.url, ""
    shop.rows('UPDATE journey_calls SET request = request || \'{"url": "http://127.0.0.1:9/"}\' RETURNING 1')
    calls.once()
    assert shop.rows("SELECT sum(tries) FROM journey_calls") == [(1,)]
    shop.rows("UPDATE journey_calls SET request = request || jsonb_build_object('url', %s::text) RETURNING 1", url)
    for _ in range(10):
        now[0] += 5
        shop.clock.advance(timedelta(seconds=5))
        calls.once()
    shop.tick()
    assert {reason for _, _, reason, _ in shop.runs()} == {"answered"}
    assert len(system.got) == 5


def test_a_system_that_is_only_told_holds_nobody_up_and_is_told_even_when_the_run_is_over(shop, calls, system):
    system.answers = [(503, None), (200, None)]
    url = f"{system.url}?sku={{{{ event.product_id }}}}"
    shop.define(journey({"webhook": {"url": url, "method": "GET", "wait": False}}))
    shop.send(viewed())
    shop.tick()
    assert shop.runs() == [("thanks", "finished", None, "")]
    assert calls.once() == 1
    shop.clock.advance(MINUTE)
    assert calls.once() == 1
    assert [(got.method, got.body) for got in system.got] == [("GET", b"")] * 2
    assert shop.rows("SELECT state, tries FROM journey_calls") == [("done", 2)]


@pytest.mark.parametrize("more", [{"wait": False, "into": "crm"}, {"wait": False, "then": []}, {"wait": "no"}])
def test_who_does_not_wait_uses_no_answer(more):
    with pytest.raises(Malformed) as refused:
        read_journey(journey({"webhook": {"url": "https://crm.example.com/x", **more}}))
    assert str(refused.value.path).startswith("steps[0].webhook")
