"""Secrets over HTTP: they go in and never come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.kernel import Settings
from hourglass.postgres import Database
from hourglass.secrets.api import SecretsController
from tests.web.admin.asking import asking


def test_a_secret_goes_in_and_never_comes_out(database: Database, data: Path) -> None:
    with asking(database, [SecretsController], settings=Settings(data=data)) as client:
        saved = client.put("/api/secrets/sendgrid", json={"value": "SG.hunter2"})
        listed = client.get("/api/secrets")
        assert (saved.status_code, listed.status_code) == (200, 200)
        assert "hunter2" not in saved.text + listed.text
        assert [line["name"] for line in listed.json()] == ["sendgrid"]
        assert client.get("/api/secrets/sendgrid").status_code in (404, 405)
        assert client.delete("/api/secrets/sendgrid").status_code == 204
        assert client.get("/api/secrets").json() == []


@pytest.mark.parametrize("body", [{"value": 5}, {"value": ""}, {"value": "hunter2" * 9999}, {"text": "hunter2"}])
def test_what_is_refused_is_not_repeated(database: Database, data: Path, body: dict[str, object]) -> None:
    with asking(database, [SecretsController], settings=Settings(data=data)) as client:
        answer = client.put("/api/secrets/sendgrid", json=body)
    assert answer.status_code == 400
    assert "hunter2" not in answer.text
