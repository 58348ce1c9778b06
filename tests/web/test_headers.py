"""What a browser may do with an answer: frame nothing, guess nothing, keep nothing that is about people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass.app import KINDS
from hourglass.app.web import HANDLERS
from hourglass.kernel import Settings
from hourglass.postgres import Database
from tests.web.admin.asking import asking

Client = TestClient[Any]
ADDRESSES = ("/", "/login", "/api/people", "/api/nothing", "/api/session", "/u/x", "/v/x", "/t/o/x", "/health", "/x.js")


@pytest.fixture
def client(database: Database) -> Iterator[Client]:
    with asking(database, HANDLERS, kinds=KINDS, settings=Settings(public_url="https://mail.tea.example")) as made:
        yield made


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_says_what_a_browser_may_do_with_it(client: Client, signed_in: bool) -> None:
    if not signed_in:
        del client.headers["authorization"]
    for address in ADDRESSES:
        headers = client.get(address).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}, address
        assert headers["strict-transport-security"].startswith("max-age="), address
        assert len(headers.get_list("content-security-policy")) == 1, address


@pytest.mark.parametrize("address", ["/api/people", "/api/session", "/api/nothing", "/login?token=guess"])
def test_what_is_about_people_is_kept_by_no_cache(client: Client, address: str) -> None:
    assert client.get(address).headers["cache-control"] == "no-store"
