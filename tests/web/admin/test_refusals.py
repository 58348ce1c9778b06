"""Whatever somebody sends, the answer says what is wrong with it: never a fault, never a word from the inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass.app import KINDS
from hourglass.app.web import HANDLERS
from hourglass.postgres import Database
from tests.web.admin.asking import asking

Client = TestClient[Any]
DEEP = b"[" * 5000 + b"]" * 5000
INSIDE = ("psycopg", "msgspec", "Traceback", "relation", "hourglass.")


@pytest.fixture
def client(database: Database) -> Iterator[Client]:
    with asking(database, HANDLERS, kinds=KINDS) as made:
        yield made


def told(answer: Any) -> str:
    assert 400 <= answer.status_code < 500, answer.text
    body = answer.json()
    assert set(body) <= {"error", "path"}
    assert not [word for word in INSIDE if word in body["error"]]
    return body["error"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/segments/a%00b/members"),
        ("GET", "/api/suppressions?search=a%00b"),
        ("POST", "/api/campaigns/a%00b/send"),
        ("GET", "/api/tasks?profile_id=99999999999999999999999"),
        ("GET", "/api/messages/preferences-link?person=99999999999999999999999"),
        ("GET", "/api/people/99999999999999999999999"),
    ],
)
def test_an_address_that_cannot_be_is_refused(client: Client, method: str, path: str) -> None:
    told(client.request(method, path))


@pytest.mark.parametrize("path", ["/api/users", "/api/journeys/check", "/api/audience/preview", "/api/templates/lint"])
@pytest.mark.parametrize("body", [b"", b"null", b"{", DEEP, b'{"a":' * 3000, b"1e400", b"\xff\xfe", b'{"a":"\\ud800"}'])
def test_a_body_that_cannot_be_read_is_refused(client: Client, path: str, body: bytes) -> None:
    told(client.post(path, content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000"])
def test_text_that_cannot_be_stored_is_refused(client: Client, name: str) -> None:
    body = f'{{"name": "{name}", "steps": [{{"exit": {{"reason": "{name}"}}}}], "entry": {{"event": "X"}}}}'
    headers = {"content-type": "application/json"}
    told(client.put("/api/definitions/journey/odd", content=body.encode(), headers=headers))
    told(client.put("/api/definitions/topic/odd", content=body.encode(), headers=headers))


def test_a_fault_is_told_by_a_number_and_by_the_declared_address(
    client: Client, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.transaction() as tx:
        tx.execute("DROP TABLE login_links CASCADE")
    client.post("/api/users", json={"name": "Ann", "role": "analyst"})
    answer = client.post("/api/users/1/link")
    assert answer.status_code == 500
    assert "fault" in answer.json()["error"]
    assert "login_links" not in answer.text
    said = capsys.readouterr()
    assert "/api/users/{user_id" in said.out + said.err
