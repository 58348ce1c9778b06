"""The contract of the collect door."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest

from hourglass.kernel import Unavailable
from tests.web.collect.door import ADMIN, WRITE, Door

EVENT = {"type": "track", "event": "x", "userId": "u", "messageId": "m1"}


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.mark.parametrize(
    ("paths", "body"),
    [
        (("identify", "i"), {"userId": "u", "traits": {"email": "a@b.c"}}),
        (("track", "t"), {"userId": "u", "event": "x"}),
        (("page", "p"), {"anonymousId": "a", "name": "Home"}),
        (("screen", "s"), {"anonymousId": "a"}),
        (("group", "g"), {"userId": "u", "groupId": "g"}),
        (("alias", "a"), {"userId": "u", "previousId": "a"}),
    ],
)
async def test_every_call_has_its_address_and_a_short_one(door: Door, paths: tuple[str, str], body: Any) -> None:
    for path in paths:
        answer = await door.post(f"/v1/{path}", body)
        assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert [one["k"] for one in door.writer.envelopes()] == [paths[0]] * 2


async def test_a_batch_is_stored_event_by_event_as_it_came(door: Door) -> None:
    events = [EVENT | {"messageId": f"m{n}", "userId": f"u{n}", "odd": [n]} for n in range(100)]
    answer = await door.post("/v1/batch", {"batch": events, "sentAt": "2026-01-01T00:00:00Z", "context": {"a": 1}})
    assert answer.status_code == 200
    stored = {one["e"]["messageId"]: one for one in door.writer.envelopes()}
    assert [stored[f"m{n}"]["e"] for n in range(100)] == events
    assert stored["m7"] == {"k": "track", "s": "2026-01-01T00:00:00Z", "c": {"a": 1}, "e": events[7]}
    assert {piece.partition for piece in door.writer.pieces} == {0, 1, 2, 3}
    assert sum(piece.events for piece in door.writer.pieces) == 100


async def test_one_bad_event_and_none_is_stored(door: Door) -> None:
    answer = await door.post("/v1/batch", {"batch": [EVENT] * 3 + [EVENT | {"userId": 1.5}]})
    assert answer.status_code == 400
    assert answer.json()["path"] == "batch[3].userId"
    assert not door.writer.pieces


async def test_import_is_history(door: Door) -> None:
    await door.post("/v1/import", {"batch": [EVENT]})
    assert door.writer.envelopes() == [{"k": "track", "h": True, "e": EVENT}]


async def test_an_event_without_a_message_id_gets_one_of_its_own(door: Door) -> None:
    bare = {"type": "page", "userId": "u"}
    for _ in range(2):
        await door.post("/v1/batch", {"batch": [bare, EVENT, bare]})
        await door.post("/v1/page", bare)
    made = [one["m"] for one in door.writer.envelopes() if "m" in one]
    assert len(set(made)) == len(made) == 6


async def test_the_key_may_stand_in_the_body(door: Door) -> None:
    assert (await door.post("/v1/track", EVENT | {"writeKey": WRITE}, key=None)).status_code == 200
    assert (await door.post("/v1/batch", {"writeKey": WRITE, "batch": [EVENT]}, key=None)).status_code == 200
    assert len(door.writer.envelopes()) == 2


@pytest.mark.parametrize(
    ("key", "headers"),
    [("wrong", {}), (None, {}), (ADMIN, {}), (None, {"authorization": "Bearer x"}),
     (None, {"authorization": "Basic !!"}), ("", {})],
)  # fmt: skip
async def test_without_a_write_key_nobody_comes_in(door: Door, key: str | None, headers: dict[str, str]) -> None:
    answer = await door.post("/v1/batch", {"batch": [EVENT]}, key=key, **headers)
    assert answer.status_code == 401
    assert answer.json()["error"]
    assert not door.writer.pieces


async def test_gzip_is_unpacked(door: Door) -> None:
    body = gzip.compress(b'{"batch":[{"type":"page","userId":"u"}]}')
    assert (await door.post("/v1/batch", body, **{"content-encoding": "gzip"})).status_code == 200
    assert len(door.writer.pieces) == 1


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (gzip.compress(b"[" * 50_000_000), "gzip", 413),
        (b"not gzip at all", "gzip", 400),
        (gzip.compress(b'{"batch":[]}')[:-10], "gzip", 400),
        (zlib.compress(b'{"batch":[]}'), "gzip", 400),
        (b'{"batch":[]}', "br", 400),
    ],
)
async def test_bombs_and_broken_bodies_are_refused(door: Door, body: bytes, encoding: str, status: int) -> None:
    assert (await door.post("/v1/batch", body, **{"content-encoding": encoding})).status_code == status


async def test_a_body_over_the_limit_is_refused_before_it_is_read(door: Door) -> None:
    asked = 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b" " * 100_000, "more_body": True}

    for headers, most in (([(b"content-length", b"10000000")], 0), ([], 6)):
        sent: list[Any] = []
        scope = {"type": "http", "method": "POST", "path": "/v1/batch", "headers": headers, "client": ("x", 1)}

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        asked = 0
        await door.app(scope, receive, send)
        assert sent[0]["status"] == 413
        assert asked <= most


async def test_a_client_that_goes_away_stores_nothing(door: Door) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    await door.app({"type": "http", "method": "POST", "path": "/v1/batch", "headers": []}, receive, send)
    assert not door.writer.pieces


async def test_when_nothing_can_be_stored_the_client_is_told_when_to_come_back(door: Door) -> None:
    door.writer.refusal = Unavailable("Full.")
    answer = await door.post("/v1/track", EVENT)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()) == (503, "1", {"error": "Full."})


async def test_a_key_over_its_rate_is_told_to_wait() -> None:
    door = Door(rate_limit=3)
    answers = [await door.post("/v1/track", EVENT) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "1"


async def test_a_page_of_any_shop_may_call(door: Door) -> None:
    asks = {"origin": "https://shop.test", "access-control-request-headers": "authorization,x-retry-count"}
    preflight = await door.client.options("/v1/t", headers=asks)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "https://shop.test"
    assert preflight.headers["access-control-allow-headers"] == "authorization,x-retry-count"
    plain = {"origin": "https://shop.test", "content-type": "text/plain"}
    for body in (EVENT | {"writeKey": WRITE}, EVENT | {"writeKey": "wrong"}):
        answer = await door.post("/v1/t", body, key=None, **plain)
        assert answer.headers["access-control-allow-origin"] == "https://shop.test"
    (stored,) = door.writer.envelopes()
    assert stored["ip"] == "127.0.0.1"


async def test_a_proxy_on_this_machine_is_believed_about_the_browser(door: Door) -> None:
    await door.post("/v1/t", EVENT, origin="https://shop.test", **{"x-forwarded-for": "10.0.0.1, 203.0.113.9"})
    await door.post("/v1/t", EVENT, **{"x-forwarded-for": "203.0.113.9"})
    assert [one.get("ip") for one in door.writer.envelopes()] == ["203.0.113.9", None]


async def test_a_browser_sdk_learns_where_to_send(door: Door) -> None:
    answer = await door.client.get("/v1/projects/abc/settings", headers={"origin": "https://shop.test"})
    sender = answer.json()["integrations"]["Segment.io"]
    assert (sender["apiKey"], sender["apiHost"], sender["protocol"]) == ("abc", "door.test/v1", "http")
    public = await Door(public_url="https://cdp.shop.test").client.get("/v1/projects/abc/settings")
    assert public.json()["integrations"]["Segment.io"]["apiHost"] == "cdp.shop.test/v1"
    assert public.json()["integrations"]["Segment.io"]["protocol"] == "https"


async def test_other_addresses_and_methods_are_answered_politely(door: Door) -> None:
    assert (await door.post("/v1/m", {"series": []})).status_code == 200
    assert (await door.post("/v1/dance", EVENT)).status_code == 404
    wrong = await door.client.get("/v1/track")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST, OPTIONS")
