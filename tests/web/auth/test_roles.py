"""Who may do what: each access role against the doors, by key and by session, and what a refusal says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass.app import KINDS
from hourglass.app.web import HANDLERS
from hourglass.kernel import AccessRole, Rights, Settings, SystemClock
from hourglass.postgres import Database
from hourglass.web import create_key, create_login_link, create_user, list_users
from tests.web.admin.asking import SHOP, asking

Client = TestClient[Any]
TOPIC = ("PUT", "/api/definitions/topic/news", {"name": "News"})
CHANNEL = ("PUT", "/api/definitions/channel/mail", {"plugin": "console", "settings": {}})
KEYS = ("GET", "/api/keys", None)
SECRETS = ("GET", "/api/secrets", None)
USERS = ("GET", "/api/users", None)
PEOPLE = ("GET", "/api/people", None)
SUPPRESS = ("POST", "/api/suppressions", {"channel": "email", "addresses": ["a@b.example"]})
EXPORT = ("GET", "/api/people/1/export", None)
ERASE = ("POST", "/api/people/1/erase", None)
DOORS = (TOPIC, CHANNEL, KEYS, SECRETS, USERS, PEOPLE, SUPPRESS, EXPORT, ERASE)
OPEN_TO: dict[AccessRole, tuple[Any, ...]] = {
    "owner": DOORS,
    "marketer": (TOPIC, PEOPLE, EXPORT),
    "analyst": (PEOPLE,),
    "operator": (PEOPLE, SUPPRESS, EXPORT, ERASE),
}


@pytest.fixture
def client(database: Database) -> Iterator[Client]:
    with asking(database, HANDLERS, kinds=KINDS) as made:
        yield made


def key_of(database: Database, role: AccessRole, *, exports: bool = False) -> dict[str, str]:
    with database.transaction() as tx:
        key = create_key(tx, SHOP, "admin", SystemClock().now(), role=role, exports=exports)
    return {"authorization": f"Bearer {key}"}


def knock(client: Client, headers: dict[str, str], door: tuple[str, str, Any]) -> Any:
    method, path, body = door
    return client.request(method, path, headers=headers, json=body)


@pytest.mark.parametrize("role", OPEN_TO)
def test_each_role_opens_its_own_doors(client: Client, database: Database, role: AccessRole) -> None:
    headers = key_of(database, role)
    answers = {door[1]: knock(client, headers, door).status_code for door in DOORS}
    refused = {path for path, status in answers.items() if status == 403}
    assert refused == {door[1] for door in DOORS if door not in OPEN_TO[role]}
    assert not [path for path, status in answers.items() if status >= 500 or status == 400]


def test_a_refusal_says_which_role_would_do(client: Client, database: Database) -> None:
    body = knock(client, key_of(database, "analyst"), EXPORT).json()
    assert set(body) == {"error"}
    for word in ("export", "analyst", "owner, marketer, operator", "analyst who may export"):
        assert word in body["error"]


def test_an_analyst_may_be_allowed_to_export(client: Client, database: Database) -> None:
    assert knock(client, key_of(database, "analyst", exports=True), EXPORT).status_code == 404
    assert knock(client, key_of(database, "analyst", exports=True), ERASE).status_code == 403


def test_a_marketer_sends_no_secret_to_an_address_of_their_own(client: Client, database: Database) -> None:
    hook = {"url": "https://elsewhere.example/", "headers": {"x-key": {"secret": "provider"}}, "wait": False}
    journey = {"entry": {"event": "Order Completed"}, "steps": [{"webhook": hook}]}
    door = ("PUT", "/api/definitions/journey/leak", journey)
    refused = knock(client, key_of(database, "marketer"), door)
    assert (refused.status_code, "secret “provider”" in refused.json()["error"]) == (403, True)
    assert knock(client, key_of(database, "owner"), door).status_code == 200


def test_without_permission_nobody_pauses_or_removes_a_channel(client: Client, database: Database) -> None:
    assert knock(client, key_of(database, "owner"), CHANNEL).status_code == 200
    marketer = key_of(database, "marketer")
    paused = client.put("/api/definitions/channel/mail/state", headers=marketer, json={"state": "paused"})
    assert paused.status_code == 403
    assert client.delete("/api/definitions/channel/mail", headers=marketer).status_code == 403


def test_who_may_not_is_refused_before_the_body_is_read(client: Client, database: Database) -> None:
    headers = {**key_of(database, "analyst"), "content-type": "application/json"}
    assert client.put("/api/definitions/topic/news", headers=headers, content=b"{").status_code == 403
    assert client.put("/api/definitions/topic/news", headers={"authorization": ""}, content=b"{").status_code == 401


def test_a_role_that_is_changed_counts_from_the_next_request(client: Client, database: Database) -> None:
    made = client.post("/api/users", json={"name": "Ann", "role": "marketer"}).json()
    link = client.post(f"/api/users/{made['id']}/link").json()["link"]
    owner = client.headers.pop("authorization")
    assert client.get(link.partition("/login")[1] + link.partition("/login")[2], follow_redirects=False).is_redirect
    found = client.get("/api/session").json()["user"]
    assert (found["name"], found["role"]) == ("Ann", "marketer")
    assert found["permissions"] == ["anybody", "define", "export", "look"]
    assert client.get("/api/segments").status_code == 200
    assert client.get("/api/users").status_code == 403
    as_owner = {"authorization": owner}
    client.post(f"/api/users/{made['id']}/role", json={"role": "owner"}, headers=as_owner)
    assert client.get("/api/users").status_code == 200
    assert client.delete(f"/api/users/{made['id']}", headers=as_owner).status_code == 409, "the only owner"
    with database.transaction() as tx:
        create_user(tx, SHOP, "Bob", Rights(role="owner"))
    assert client.delete(f"/api/users/{made['id']}", headers=as_owner).status_code == 204
    assert client.get("/api/session").status_code == 401


def test_one_owner_always_stays(client: Client, database: Database) -> None:
    with database.transaction() as tx:
        create_login_link(tx, SHOP, Settings(), SystemClock().now())
        (only,) = list_users(tx, SHOP)
    assert only.role == "owner"
    refused = client.post(f"/api/users/{only.id}/role", json={"role": "analyst"})
    assert (refused.status_code, "only owner" in refused.json()["error"]) == (409, True)


def test_a_user_elsewhere_is_out_of_reach(client: Client, database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("INSERT INTO workspaces (key, name, currency, zone, locale) VALUES ('b', 'B', 'EUR', 'UTC', 'en')")
        tx.execute("INSERT INTO users (workspace_id, name, role) VALUES (2, 'Eve', 'owner')")
    for path, body in (("role", {"role": "analyst"}), ("link", None)):
        assert client.post(f"/api/users/1/{path}", json=body).status_code == 404
    assert client.delete("/api/users/1").status_code == 404


def test_a_write_key_has_no_role(client: Client) -> None:
    assert client.post("/api/keys", json={"kind": "write", "role": "analyst"}).status_code == 400
    assert client.post("/api/keys", json={"kind": "admin", "role": "king"}).status_code == 400
    listed = client.get("/api/keys").json()
    assert [(row["kind"], row["role"]) for row in listed] == [("admin", "owner")]


def test_the_openapi_document_says_who_may(client: Client) -> None:
    paths = json.loads(client.get("/api/openapi.json", headers={"authorization": ""}).content)["paths"]
    erase = paths["/api/people/{person_id}/erase"]["post"]
    assert (erase["x-permission"], erase["x-roles"]) == ("care", ["owner", "operator"])
    assert "Open to: owner, operator." in erase["description"]
    assert "x-permission" not in paths["/health"]["get"]
