"""A delivery worker that runs while a test looks at what it does, and the mails it sent."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path

from hourglass.channels import Sender
from hourglass.kernel import FixedClock, Settings
from hourglass.messages.delivery.attempts import Patience
from hourglass.messages.delivery.providers import open_senders
from hourglass.messages.delivery.run import Delivery
from tests.channels.scripted_smtp import Script
from tests.messages.shop import Shop


def settings(data: Path, port: int) -> Settings:
    return Settings(data=data, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="Bazaar <shop@bazaar.example>", port=8400)


@asynccontextmanager
async def delivering(
    shop: Shop, data: Path, clock: FixedClock, port: int, senders: dict[str, Sender] | None = None, batch: int = 256
) -> AsyncGenerator[None]:
    told = settings(data, port)
    stop = asyncio.Event()
    worker = Delivery(
        shop.database, clock, told, open_senders(told) if senders is None else senders,
        patience=Patience(attempts=3), batch=batch,
    )  # fmt: skip
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


def journals(data: Path) -> list[Path]:
    return list((data / "delivery").iterdir())


def parsed(mta: Script, place: int = -1) -> EmailMessage:
    content = mta.mails[place].content
    assert isinstance(content, bytes)
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def html(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return body.get_content()
