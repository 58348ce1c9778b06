"""Keys over HTTP: made once, listed without themselves, revoked for good."""

from __future__ import annotations

import pytest

from hourglass.postgres import Database
from hourglass.web import find_key
from hourglass.web.api import KeysController
from tests.web.admin.asking import asking


def test_a_key_is_shown_once_and_listed_by_its_last_letters(database: Database) -> None:
    with asking(database, [KeysController]) as client:
        key = client.post("/api/keys", json={"kind": "write"}).json()["key"]
        listed = client.get("/api/keys").json()
    assert [row["kind"] for row in listed] == ["admin", "write"]
    assert listed[1]["hint"] == key[-4:]
    assert key not in str(listed)


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(database: Database) -> None:
    with asking(database, [KeysController]) as client:
        key = client.post("/api/keys", json={"kind": "write"}).json()["key"]
        number = client.get("/api/keys").json()[1]["id"]
        first, again = (client.post(f"/api/keys/{number}/revoke").json() for _ in range(2))
        assert first["revoked_at"] == again["revoked_at"] is not None
        assert client.get("/api/keys").json()[1] == first
    with database.transaction() as tx:
        assert find_key(tx, key) is None


def test_an_admin_key_that_revokes_itself_is_out_at_once(database: Database) -> None:
    with asking(database, [KeysController]) as client:
        own = client.get("/api/keys").json()[0]["id"]
        assert client.post(f"/api/keys/{own}/revoke").status_code == 200
        assert client.get("/api/keys").status_code == 401


@pytest.mark.parametrize(("number", "status"), [("999", 404), ("mine", 404)])
def test_a_key_that_is_not_there_cannot_be_revoked(database: Database, number: str, status: int) -> None:
    with asking(database, [KeysController]) as client:
        assert client.post(f"/api/keys/{number}/revoke").status_code == status


def test_another_workspaces_keys_are_out_of_reach(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("INSERT INTO workspaces (key, name, currency, zone, locale) VALUES ('b', 'B', 'EUR', 'UTC', 'en')")
        row = tx.execute(
            "INSERT INTO api_keys (workspace_id, kind, hash, hint) VALUES (2, 'write', 'x', 'abcd') RETURNING id"
        ).fetchone()
    assert row
    with asking(database, [KeysController]) as client:
        assert client.post(f"/api/keys/{row[0]}/revoke").status_code == 404
        assert len(client.get("/api/keys").json()) == 1
