"""Who may come in: one-time links, sessions, admin keys; and that other sites cannot use somebody's session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar.testing import TestClient

from hourglass.definitions import Kinds
from hourglass.kernel import Settings, SystemClock, WorkspaceId
from hourglass.postgres import Database, Transaction
from hourglass.web import create_key, create_login_link, first_login_link
from hourglass.web.api import Parts, make_application, session, sign_in, sign_out

SHOP = WorkspaceId(1)
Client = TestClient[Any]


@pytest.fixture
def client(database: Database, data: Path) -> Iterator[Client]:
    async def no_collect(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError(scope, receive, send)

    def no_demo(tx: Transaction) -> None:
        del tx

    parts = Parts(
        database=database,
        clock=SystemClock(),
        settings=Settings(data=data),
        kinds=Kinds([]),
        collect=no_collect,
        controllers=[session, sign_in, sign_out],
        demo=no_demo,
        follow=lambda *_: None,
    )
    with TestClient(make_application(parts), base_url="http://shop.test") as made:
        yield made


def link(database: Database, *, age: timedelta = timedelta()) -> str:
    """Path of a link made this long ago."""
    with database.transaction() as tx:
        full = create_login_link(tx, SHOP, Settings(), SystemClock().now() - age)
    return urlsplit(full)._replace(scheme="", netloc="").geturl()


def signed_in(client: Client, database: Database) -> Client:
    assert client.get(link(database), follow_redirects=False).status_code == 303
    return client


def admin_key(database: Database, kind: Any = "admin") -> dict[str, str]:
    with database.transaction() as tx:
        return {"authorization": f"Bearer {create_key(tx, SHOP, kind, SystemClock().now())}"}


def test_a_link_signs_in_and_leads_to_the_first_page(client: Client, database: Database) -> None:
    answer = client.get(link(database), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "hourglass_session=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    found = client.get("/api/session").json()
    assert (found["user"]["role"], found["workspace"]["key"], found["demo"]) == ("owner", "default", None)


def test_a_link_works_once(client: Client, database: Database) -> None:
    path = link(database)
    client.get(path, follow_redirects=False)
    again = client.get(path, follow_redirects=False)
    assert again.status_code == 410
    assert "hourglass login-link" in again.text
    assert "set-cookie" not in again.headers


def test_an_old_link_tells_its_owner_what_to_do(client: Client, database: Database) -> None:
    answer = client.get(link(database, age=timedelta(days=1)), headers={"Accept-Language": "ru"})
    assert answer.status_code == 410
    assert "Ссылка уже использована или устарела" in answer.text
    assert "hourglass login-link" in answer.text


@pytest.mark.parametrize("path", ["/login", "/login?token=", "/login?token=guess"])
def test_a_guess_is_no_link(client: Client, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code == 410


def test_an_old_link_is_too_old(client: Client, database: Database) -> None:
    assert client.get(link(database, age=timedelta(hours=2)), follow_redirects=False).status_code == 410


def test_the_first_start_makes_a_link_and_later_ones_do_not(database: Database) -> None:
    now = SystemClock().now()
    assert first_login_link(database, SHOP, Settings(), now)
    assert first_login_link(database, SHOP, Settings(), now) is None


def test_without_anything_nobody_is_let_in(client: Client) -> None:
    answer = client.get("/api/session")
    assert answer.status_code == 401
    assert "login-link" in answer.json()["error"]


def test_signing_out_ends_the_session(client: Client, database: Database) -> None:
    signed_in(client, database)
    cookie = client.cookies["hourglass_session"]
    assert client.post("/api/logout").status_code == 200
    client.cookies.set("hourglass_session", cookie)
    assert client.get("/api/session").status_code == 401


def test_a_session_ends_after_two_weeks(client: Client, database: Database) -> None:
    signed_in(client, database)
    with database.transaction() as tx:
        tx.execute("UPDATE sessions SET expires_at = expires_at - interval '14 days'")
    assert client.get("/api/session").status_code == 401
    signed_in(client, database)
    with database.transaction() as tx:
        assert tx.execute("SELECT count(*) FROM sessions").fetchone() == (1,)


def test_an_admin_key_opens_the_api(client: Client, database: Database) -> None:
    assert client.get("/api/session", headers=admin_key(database)).json()["user"]["role"] == "owner"


def test_a_write_key_does_not(client: Client, database: Database) -> None:
    assert client.get("/api/session", headers=admin_key(database, "write")).status_code == 403
    assert client.get("/api/session", headers={"authorization": "Bearer guess"}).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "https://public.shop.test"}, 200),
        ({"origin": "http://shop.test"}, 200),
        ({"sec-fetch-site": "cross-site", "origin": "http://evil.test"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://other.shop.test"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_act_with_a_session(
    client: Client, database: Database, headers: dict[str, str], status: int
) -> None:
    signed_in(client, database)
    assert client.post("/api/logout", headers=headers).status_code == status


def test_nothing_that_opens_a_door_is_kept_in_clear(client: Client, database: Database) -> None:
    path, key = link(database), admin_key(database)["authorization"].removeprefix("Bearer ")
    client.get(path, follow_redirects=False)
    with database.transaction() as tx:
        kept = [tx.execute(f"SELECT {table}::text FROM {table}".encode()).fetchall()
                for table in ("api_keys", "login_links", "sessions")]  # fmt: skip
    for secret in (key, path.partition("=")[2], client.cookies["hourglass_session"]):
        assert secret not in str(kept)
        assert secret.encode().hex() not in str(kept)
