from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from hourglass import inbox
from hourglass.channels import discover, open_sender
from hourglass.inbox.api import InboxController
from hourglass.inbox.store import Arrived, prune, store
from hourglass.kernel import FixedClock, Settings, Workspace, WorkspaceId
from hourglass.postgres import Database
from tests.channels.contract import outgoing
from tests.messages.shop import NOW, until

SHOP = Workspace(id=WorkspaceId(1), key="default", name="Shop", currency="EUR", zone="UTC", locale="en")


@pytest.fixture
async def port(database: Database, data: Path) -> AsyncIterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    stop = asyncio.Event()
    running = asyncio.create_task(inbox.run(Settings(data=data, inbox_port=number), database, FixedClock(NOW), stop))
    yield number
    stop.set()
    await running


@pytest.fixture
async def client(database: Database) -> AsyncIterator[AsyncTestClient[Litestar]]:
    def tx():  # type: ignore[no-untyped-def]
        with database.transaction() as open_tx:
            yield open_tx

    provided = {"tx": Provide(tx), "workspace": Provide(lambda: SHOP, sync_to_thread=False)}
    async with AsyncTestClient(Litestar(route_handlers=[InboxController], dependencies=provided)) as client:
        yield client


def mail(subject: str = "Hello", html: str = "<p>Hi</p>") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Shop <shop@shop.example>", "anna@customers.example", subject
    made.set_content("Hi there\n\nfrom the shop")
    made.add_alternative(html, subtype="html")
    return made


async def deliver(port: int, *mails: EmailMessage) -> None:
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port)
    async with client:
        for one in mails:
            await client.send_message(one)


async def test_a_mail_is_kept_and_shown(port: int, client: AsyncTestClient[Litestar]) -> None:
    await until(lambda: _listens(port))
    await deliver(port, mail("Заказ №7", '<p>Hi</p><a href="https://shop.example/?a=1&amp;b=2">x</a>'))
    listed = (await client.get("/api/inbox")).json()
    [line] = listed["mails"]
    assert listed["next"] is None
    assert (line["subject"], line["recipient"], line["preview"]) == (
        "Заказ №7",
        "anna@customers.example",
        "Hi there from the shop",
    )
    opened = (await client.get(f"/api/inbox/{line['id']}")).json()
    assert opened["html"].startswith("<p>Hi</p>")
    assert opened["links"] == ["https://shop.example/?a=1&b=2"]
    assert ["Subject", "Заказ №7"] in opened["headers"]


async def test_the_list_shows_the_hidden_first_words_like_a_mail_program(
    port: int, client: AsyncTestClient[Litestar]
) -> None:
    await until(lambda: _listens(port))
    hidden = '<div style="display:none;max-height:0">Tea &amp; <b>cake</b></div>'
    await deliver(port, mail("a", f"<body>{hidden}<div>The shop</div>"), mail("b", "<p>Hi</p>"))
    lines = (await client.get("/api/inbox")).json()["mails"]
    assert [line["preview"] for line in lines] == ["Hi there from the shop", "Tea & cake"]


async def test_our_own_channel_delivers_here(port: int, client: AsyncTestClient[Litestar]) -> None:
    await until(lambda: _listens(port))
    sender = open_sender(discover()["email"], {"url": f"smtp://127.0.0.1:{port}"})
    await asyncio.gather(*(sender.send([outgoing(f"p{n}@customers.example", n, text="Ü")]) for n in range(120)))
    await sender.close()
    first = (await client.get("/api/inbox")).json()
    assert len(first["mails"]) == 50
    second = (await client.get("/api/inbox", params={"before": first["next"]})).json()
    third = (await client.get("/api/inbox", params={"before": second["next"]})).json()
    assert len(third["mails"]) == 20
    assert third["next"] is None


async def test_html_of_strangers_can_run_nothing(database: Database, client: AsyncTestClient[Litestar]) -> None:
    evil = mail(html="<script>fetch('/api/session')</script><p>x</p>")
    _keep(database, evil.as_bytes())
    [line] = (await client.get("/api/inbox")).json()["mails"]
    answer = await client.get(f"/api/inbox/{line['id']}/html")
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no headers at all",
        b"Subject: \xff\xfe\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=klingon\r\n\r\nx",
    ],
)
async def test_any_octets_can_be_looked_at(database: Database, client: AsyncTestClient[Litestar], raw: bytes) -> None:
    _keep(database, raw)
    [line] = (await client.get("/api/inbox")).json()["mails"]
    assert (await client.get(f"/api/inbox/{line['id']}")).status_code == 200
    assert (await client.get(f"/api/inbox/{line['id']}/html")).status_code == 200


async def test_only_the_newest_are_kept_and_all_can_be_thrown_away(
    database: Database, client: AsyncTestClient[Litestar]
) -> None:
    for number in range(7):
        _keep(database, mail(f"Mail {number}").as_bytes(), f"Mail {number}")
    with database.transaction() as tx:
        assert prune(tx, keep=3) == 4
    assert [line["subject"] for line in (await client.get("/api/inbox")).json()["mails"]] == [
        "Mail 6",
        "Mail 5",
        "Mail 4",
    ]
    assert (await client.delete("/api/inbox")).status_code == 204
    assert (await client.get("/api/inbox")).json() == {"mails": [], "next": None}
    assert (await client.get("/api/inbox/1")).status_code >= 400


def _keep(database: Database, raw: bytes, subject: str = "") -> None:
    with database.transaction() as tx:
        store(tx, [Arrived(received_at=NOW, sender="a@b.example", recipient="c@d.example", subject=subject, raw=raw)])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.1).close()
    except OSError:
        return False
    return True
