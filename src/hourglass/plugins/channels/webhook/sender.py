"""Posts messages as JSON to a server of your own, signed; it may answer for each message or just with 2xx.

The name is looked up at each call and the connection goes to the address that was looked at, so nothing can lead into
this network: no name that changes, no redirect.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from hourglass.channels import (
    NO_ADDRESS,
    Answer,
    Attachment,
    Caller,
    Outcome,
    Outgoing,
    Receipt,
    Sender,
    is_mailbox,
    read_secret,
    reference_of,
    resolve,
    signed,
    verdict,
)
from hourglass.kernel import Clock, HourglassError, SystemClock, fingerprint
from hourglass.plugins.channels.webhook.settings import WebhookSettings


class Result(Struct, frozen=True, kw_only=True):
    """What the server may say about one message."""

    id: str
    outcome: Outcome = Outcome.ACCEPTED
    provider_id: str | None = None
    detail: str = ""
    invalid_address: bool = False


class _Results(Struct, frozen=True, kw_only=True):
    results: list[Result] = []


class WebhookSender:
    """Open and ready to post."""

    def __init__(self, settings: WebhookSettings, clock: Clock, *, private: bool = False, url: str = "") -> None:
        self.parallel, self.batch = settings.connections, settings.batch
        self._url = url or settings.url
        self._secret = read_secret(settings.signing_secret.reveal())
        self._clock = clock
        self._private = private
        self._caller = Caller(timeout=settings.timeout, connections=settings.connections)

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """One receipt for each message, in their order."""
        good = [message for message in messages if is_mailbox(message.address)]
        receipts = iter(await self._post(good) if good else [])
        return [next(receipts) if is_mailbox(message.address) else NO_ADDRESS for message in messages]

    async def close(self) -> None:
        """Hang up."""
        await self._caller.close()

    async def _post(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        answer = await self._call(messages)
        if isinstance(answer, Receipt):
            return [answer] * len(messages)
        if not answer.fine:
            return [verdict(answer)] * len(messages)
        return _told(answer, messages)

    async def _call(self, messages: Sequence[Outgoing]) -> Answer | Receipt:
        try:
            place = await asyncio.to_thread(resolve, self._url, private=self._private)
        except HourglassError as error:
            return Receipt(outcome=Outcome.UNREACHABLE, detail=error.sentence)
        names = [reference_of(message) for message in messages]
        number = names[0] if len(names) == 1 else fingerprint(" ".join(names))
        body = msgspec.json.encode({"type": "messages", "messages": [document(message) for message in messages]})
        headers = signed(self._secret, number, body, self._clock.now())
        headers |= {"host": place.host, "content-type": "application/json", "idempotency-key": number}
        return await self._caller.post(place.url, headers=headers, content=body, server_name=place.name)


def document(message: Outgoing) -> dict[str, Any]:
    """A message as the server gets it. `id` is the same at each attempt."""
    files = [_file(one) for one in message.attachments]
    return {
        "id": reference_of(message),
        "address": message.address,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "locale": message.locale,
        "unsubscribe_url": message.unsubscribe_url,
        "marketing": message.marketing,
        "topic": message.topic,
        "campaign": message.campaign,
        "at": message.at,
        **({"attachments": files} if files else {}),
    }


def _file(one: Attachment) -> dict[str, str | None]:
    content = b64encode(one.content).decode()
    return {"name": one.name, "media_type": one.media_type, "content": content, "content_id": one.content_id}


def _told(answer: Answer, messages: Sequence[Outgoing]) -> list[Receipt]:
    """`{"results": [{"id", "outcome", …}]}`; whoever is not mentioned was accepted."""
    try:
        results = {one.id: one for one in msgspec.json.decode(answer.body, type=_Results).results}
    except (msgspec.DecodeError, UnicodeDecodeError):
        results = {}
    return [_receipt(results.get(reference_of(message)), reference_of(message)) for message in messages]


def _receipt(result: Result | None, name: str) -> Receipt:
    if result is None:
        return Receipt(outcome=Outcome.ACCEPTED, provider_id=name)
    number = result.provider_id or (name if result.outcome is Outcome.ACCEPTED else None)
    return Receipt(
        outcome=result.outcome, provider_id=number, detail=result.detail, invalid_address=result.invalid_address
    )


def open_webhook(settings: WebhookSettings) -> Sender:
    """The channel with these settings, by the clock of the machine. Raises Malformed for a weak secret."""
    return WebhookSender(settings, SystemClock())
