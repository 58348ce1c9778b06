"""Segments and lists over HTTP: pages, files, imports and webhooks, as a program uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass import audience, profiles
from hourglass.audience.api import ListsController, SegmentsController
from hourglass.kernel import Settings
from tests.audience.people import a_list, a_segment, change, known
from tests.audience.receiver import receiving
from tests.engine.shop import SHOP, Shop
from tests.web.admin.asking import asking

USERS = [f"u{number}" for number in range(1, 8)]


@pytest.fixture
def vip(shop: Shop) -> Shop:
    shop.define(a_list(), a_segment("all", {"trait": "email", "op": "exists"}))
    known(shop, *USERS)
    change(shop, audience.add_to_list, users=USERS[:5])
    return shop


@pytest.fixture
def client(vip: Shop) -> Iterator[TestClient[Any]]:
    with asking(vip.database, [SegmentsController, ListsController], clock=vip.clock) as found:
        yield found


def users_of(page: dict[str, Any]) -> list[str]:
    return [member["user_id"] for member in page["members"]]


def test_pages_hold_everybody_once_while_people_come_and_go(vip: Shop, client: TestClient[Any]) -> None:
    place = "/api/segments/vip/members"
    first = client.get(place, params={"fields": "user_id", "limit": 2}).json()
    vip.clock.advance(timedelta(seconds=1))
    change(vip, audience.remove_from_list, users=["u1", "u4"])
    client.post("/api/segments/vip/members/add", json={"identifiers": [{"kind": "user_id", "value": "u7"}]})
    second = client.get(place, params={"fields": "user_id", "limit": 2, "cursor": first["next"]}).json()
    assert [users_of(first), users_of(second)] == [["u1", "u2"], ["u3", "u5"]]
    assert second["next"] is None
    assert first["as_of"] == second["as_of"]
    assert users_of(client.get(place, params={"fields": "user_id"}).json()) == ["u2", "u3", "u5", "u7"]


def test_a_cursor_of_another_segment_or_of_nobody_is_refused(client: TestClient[Any]) -> None:
    cursor = client.get("/api/segments/vip/members?limit=1").json()["next"]
    for bad in ("xx", cursor[:-3]):
        answer = client.get("/api/segments/vip/members", params={"cursor": bad})
        assert (answer.status_code, answer.json()["path"]) == (400, "cursor")
    assert client.get("/api/segments/all/members", params={"cursor": cursor}).status_code == 400
    assert client.get("/api/segments/vip/members?limit=0").json()["path"] == "limit"
    assert client.get("/api/segments/none/members").status_code == 404


def test_fields_become_levels(client: TestClient[Any]) -> None:
    found = client.get("/api/segments/vip/members?limit=1&fields=id,traits.email").json()["members"]
    assert found == [{"profile_id": found[0]["profile_id"], "traits": {"email": "u1@example.com"}}]


def test_a_file_is_named_for_the_segment(client: TestClient[Any]) -> None:
    answer = client.get("/api/segments/vip/export?fields=user_id&bom=true&delimiter=semicolon")
    assert answer.content.decode("utf-8-sig").split() == ["user_id", *USERS[:5]]
    assert answer.headers["content-disposition"] == 'attachment; filename="vip.csv"'
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(client.get("/api/segments/vip/export?format=jsonl").text.splitlines()) == 5
    assert client.get("/api/segments/vip/export?format=xls").status_code == 400


def test_a_file_is_imported_and_taken_back(vip: Shop, client: TestClient[Any]) -> None:
    content = "Клиент;Город\nu6;Алматы\nu99;Москва\n".encode("cp1251")
    answer = client.post("/api/segments/vip/import?columns=Клиент=user_id&source=may.csv", content=content)
    done = answer.json()
    assert answer.status_code == 200, done
    assert (done["report"]["found"], done["report"]["entered"], done["report"]["sheet"]["encoding"]) == (1, 1, "cp1251")
    assert [(one["line"], one["reason"], one["text"]) for one in done["missed"]] == [(3, "unknown", "u99")]
    assert set(done["words"]["unknown"]) == {"en", "ru"}
    assert "u6" in vip.members("vip")
    back = client.post("/api/segments/vip/undo").json()
    assert (back["kind"], back["left"], back["source"]) == ("undo", 1, "import may.csv")
    kinds = [one["kind"] for one in client.get("/api/segments/vip/changes").json()["changes"]]
    assert kinds == ["undo", "import", "add"]


def test_what_cannot_be_is_refused_with_the_place(client: TestClient[Any]) -> None:
    assert client.post("/api/segments/all/import", content=b"u6\n").status_code == 409
    assert client.post("/api/segments/vip/import", content=b"").json()["path"] == "file"
    assert client.post("/api/segments/vip/import?columns=a=", content=b"a,b\n").json()["path"] == "columns"
    assert client.post("/api/segments/vip/members/add", json={}).json()["path"] == "people"
    assert client.get("/api/segments/overlap?keys=vip").json()["path"] == "keys"


def test_sizes_and_overlap(client: TestClient[Any]) -> None:
    found = client.get("/api/segments").json()["segments"]
    assert [(one["key"], one["members"]) for one in found] == [("all", 7), ("vip", 5)]
    pairs = client.get("/api/segments/overlap?keys=all,vip").json()["pairs"]
    assert pairs == [{"left": "all", "right": "vip", "members": 5, "jaccard": 0.714286}]
    assert client.get("/api/segments/vip/growth?days=7").json() == {"key": "vip", "members": 5, "days": []}


def test_a_webhook_tells_page_by_page_how_far_it_is(vip: Shop) -> None:
    controllers = [SegmentsController]
    settings = Settings(webhook_private=True)
    with receiving() as receiver, asking(vip.database, controllers, settings=settings) as client:
        asked = {"url": receiver.url, "secret": "0123456789abcdef", "page": 3, "fields": "user_id"}
        answer = client.post("/api/segments/vip/webhook", json=asked)
        told = [json.loads(line) for line in answer.text.splitlines()]
        receiver.answers = [404]
        failed = client.post("/api/segments/vip/webhook", json=asked)
    assert [(one["page"], one["members"], one["last"]) for one in told] == [(1, 3, False), (2, 5, True)]
    assert json.loads(receiver.got[0][1])["members"] == [{"user_id": user} for user in USERS[:3]]
    assert "answered 404" in json.loads(failed.text)["error"]


def test_a_webhook_into_the_own_network_is_refused_before_anything_is_sent(client: TestClient[Any]) -> None:
    with receiving() as receiver:
        asked = {"url": receiver.url, "secret": "0123456789abcdef"}
        for url in (receiver.url, receiver.url.replace("http:", "https:")):
            answer = client.post("/api/segments/vip/webhook", json=asked | {"url": url})
            assert (answer.status_code, answer.json()["path"]) == (400, "url")
    assert receiver.got == []


def test_nobody_without_a_key_sees_members(vip: Shop, client: TestClient[Any]) -> None:
    del client.headers["authorization"]
    for place in ("members", "export", "growth", "changes"):
        assert client.get(f"/api/segments/vip/{place}").status_code == 401
    assert client.post("/api/segments/vip/import", content=b"u6\n").status_code == 401
    assert vip.members("vip") == set(USERS[:5])


def test_a_person_who_is_merged_between_two_pages_does_not_come_twice(vip: Shop, client: TestClient[Any]) -> None:
    first = client.get("/api/segments/vip/members?limit=2&fields=user_id").json()
    low, high = (row[0] for row in vip.rows("SELECT id FROM identities WHERE value IN ('u1', 'u6') ORDER BY id"))
    with vip.database.transaction() as tx:
        profiles.merge(tx, SHOP, low, high, "ann", vip.clock.now())
    rest = client.get("/api/segments/vip/members", params={"cursor": first["next"], "fields": "user_id"}).json()
    assert users_of(rest) == ["u3", "u4", "u5"]


def test_the_schema_says_what_goes_in_and_comes_out(client: TestClient[Any]) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    found = {place.rpartition("/")[2]: acts for place, acts in paths.items() if place.startswith("/api/segments/{key}")}
    assert set(found["import"]["post"]["requestBody"]["content"]) == {"text/csv", "application/x-ndjson", "text/plain"}
    for acts in found.values():
        for act in acts.values():
            assert act["summary"]
            assert act["description"]
            asked = [one for one in act.get("parameters", ()) if one["in"] == "query"]
            assert all(one["description"] for one in asked), act["summary"]
