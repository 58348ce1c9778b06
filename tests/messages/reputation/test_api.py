"""The state of our mail over HTTP. Nothing here asks DNS: mail goes into the inbox, or the name is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.kernel import Settings
from hourglass.messages.api import DomainController, ReputationController
from hourglass.postgres import Database
from tests.web.admin.asking import asking


def test_complaints_and_returned_mail(database: Database, data: Path) -> None:
    with asking(database, [ReputationController], settings=Settings(data=data)) as client:
        told = client.get("/api/email/reputation").json()
    assert (told["reputation"]["state"], told["reputation"]["sent"], told["returned"]) == ("good", 0, [])


def test_whether_a_large_campaign_may_go_out(database: Database, data: Path) -> None:
    inbox = Settings(data=data, smtp_url="smtp://127.0.0.1:2525", inbox_port=2525)
    with asking(database, [ReputationController], settings=inbox) as client:
        assert client.get("/api/email/readiness", params={"recipients": 50_000}).json() == {
            "ready": True,
            "problems": [],
        }
        assert client.get("/api/email/readiness", params={"recipients": -1}).status_code == 400


@pytest.mark.parametrize("domain", ["shop", "a b.example", "x" * 300, "..", "-.example"])
def test_what_is_no_domain_is_refused(database: Database, data: Path, domain: str) -> None:
    with asking(database, [DomainController], settings=Settings(data=data)) as client:
        assert client.get("/api/email/domain", params={"domain": domain}).status_code == 400
