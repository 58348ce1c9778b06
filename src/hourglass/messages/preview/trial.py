"""A test message: through the same providers as the real ones, to addresses one names, and counted nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from hourglass.channels import Outcome, Outgoing, Receipt
from hourglass.kernel import HourglassError, Malformed, Settings, Workspace
from hourglass.messages.delivery.providers import Provider, providers_of
from hourglass.messages.gate.address import mailbox
from hourglass.messages.preview.preview import TemplatePreview, Wish, preview
from hourglass.messages.rendering.render import sender_of
from hourglass.postgres import Transaction

_MOST = 5
_MARK = {"en": "[Test]", "ru": "[Тест]"}


class Sent(Struct, frozen=True, kw_only=True):
    """What became of a test message to one address."""

    address: str
    accepted: bool
    detail: str
    provider: str = ""
    """Who took or refused it: key of its document, or name of the plug-in; empty where nobody could be reached."""


class Trial(Struct, frozen=True, kw_only=True):
    """The message that was sent, and to whom."""

    preview: TemplatePreview
    sent: list[Sent]


def send_trial(
    tx: Transaction, workspace: Workspace, wish: Wish, to: Sequence[str], settings: Settings, now: datetime
) -> Trial:
    """Send the message as a test. No gate, no record, no tracking: links lead where the author said."""
    addresses = [_checked(one, place) for place, one in enumerate(to)]
    if not 1 <= len(addresses) <= _MOST:
        raise Malformed(f"A test goes to one to {_MOST} addresses.", path="to")
    made = preview(tx, workspace, wish, settings.base_url(), now)
    if made.preview.refused is not None and not made.preview.subject:
        raise Malformed(f"The message cannot be made: {made.preview.refused}.", path="template")
    providers = providers_of(tx, workspace.id, "email", settings)
    if not providers:
        raise Malformed(
            "No provider for e-mail is set up: save a channel document, or set HOURGLASS_SMTP_URL.", path="channel"
        )
    mark = _MARK.get(made.preview.locale.partition("-")[0], _MARK["en"])
    messages = [
        Outgoing(
            # Numbers of real messages are small; the same number at two addresses would look like a repeat.
            id=(1 << 62) + int(now.timestamp() * 1000) * 8 + place,
            workspace_id=workspace.id,
            address=address,
            subject=f"{mark} {made.preview.subject}",
            text=made.preview.text,
            html=made.page,
            locale=made.preview.locale,
            at=now,
            attachments=made.template.attachments,
            **sender_of(made.template.brand),
        )
        for place, address in enumerate(addresses)
    ]
    return Trial(preview=made.preview, sent=asyncio.run(_send(providers, messages)))


async def _send(providers: Sequence[Provider], messages: Sequence[Outgoing]) -> list[Sent]:
    """As with real messages: by the first provider that is there; what one of them may have taken goes to no other."""
    sent: dict[int, Sent] = {}
    for provider in providers:
        left = [one for one in messages if one.id not in sent or not sent[one.id].provider]
        for message, receipt in zip(left, await _through(provider, left), strict=True):
            away = receipt.outcome is Outcome.UNREACHABLE
            name = "" if away else provider.key or provider.manifest.name
            accepted = receipt.outcome is Outcome.ACCEPTED
            told = Sent(address=message.address, accepted=accepted, detail=receipt.detail, provider=name)
            sent[message.id] = told if message.id not in sent or not away else sent[message.id]
    return [sent[one.id] for one in messages]


async def _through(provider: Provider, messages: Sequence[Outgoing]) -> list[Receipt]:
    if not messages:
        return []
    try:
        sender = provider.open()
    except HourglassError as error:
        return [Receipt(outcome=Outcome.UNREACHABLE, detail=error.sentence) for _ in messages]
    receipts: list[Receipt] = []
    try:
        for message in messages:
            away = bool(receipts) and receipts[-1].outcome is Outcome.UNREACHABLE
            receipts += receipts[-1:] if away else await sender.send([message])
    finally:
        await sender.close()
    return receipts


def _checked(address: str, place: int) -> str:
    found = mailbox(address)
    if found is None:
        raise Malformed(f"“{address}” is no e-mail address.", path=f"to[{place}]")
    return found
