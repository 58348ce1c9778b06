"""Hands messages to Postmark: POST /email/batch, up to 500 different messages a call, an answer for each."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from hourglass.channels import (
    NO_ADDRESS,
    REFERENCE,
    Answer,
    Attachment,
    Caller,
    Outcome,
    Outgoing,
    Receipt,
    Sender,
    is_mailbox,
    one_line,
    origin,
    reference_of,
    verdict,
    way_out,
)
from hourglass.plugins.channels.postmark.settings import PostmarkSettings

ENDPOINT = "https://api.postmarkapp.com"
_RECIPIENT = re.compile(r"(invalid|error parsing) 'to'", re.IGNORECASE)
_INACTIVE, _INVALID = 406, 300
# Token, account, credits, sender signature, stream, maintenance: about us, and no fault of a message.
_OUR_SETTINGS = frozenset((10, 100, 400, 401, 405, 411, 412, 413, 1235, 1236))


class PostmarkSender:
    """Open and ready to send."""

    def __init__(self, settings: PostmarkSettings, endpoint: str) -> None:
        self.parallel, self.batch = settings.connections, settings.batch
        self._settings = settings
        self._url = f"{endpoint}/email/batch"
        self._caller = Caller(timeout=settings.timeout, connections=settings.connections)
        self._headers = {
            "accept": "application/json",
            "content-type": "application/json",
            "x-postmark-server-token": settings.server_token.reveal(),
        }

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """One receipt for each message, in their order."""
        good = [message for message in messages if is_mailbox(message.address)]
        receipts = iter(await self._send(good) if good else [])
        return [next(receipts) if is_mailbox(message.address) else NO_ADDRESS for message in messages]

    async def close(self) -> None:
        """Hang up."""
        await self._caller.close()

    async def _send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        body = msgspec.json.encode([mail(message, self._settings) for message in messages])
        answer = await self._caller.post(self._url, headers=self._headers, content=body)
        if isinstance(answer, Receipt):
            return [answer] * len(messages)
        if not answer.fine:
            return [_whole(answer)] * len(messages)
        told = answer.decoded()
        lines = cast("list[Any]", told) if isinstance(told, list) else []
        if len(lines) != len(messages):
            return [Receipt(outcome=Outcome.UNKNOWN, detail=answer.sentence())] * len(messages)
        return [_line(line) for line in lines]


def mail(message: Outgoing, settings: PostmarkSettings) -> dict[str, Any]:
    """One message of a batch. Links and opens are ours to follow."""
    whence = origin(message, settings.sender)
    body: dict[str, Any] = {
        "From": whence.mailbox,
        "To": message.address,
        "Subject": one_line(message.subject) or " ",
        "TextBody": message.text or " ",
        "MessageStream": settings.broadcast_stream if message.marketing else settings.transactional_stream,
        "Metadata": {REFERENCE: reference_of(message)},
        "Headers": [{"Name": name, "Value": value} for name, value in way_out(message).items()],
        "TrackOpens": False,
        "TrackLinks": "None",
    }
    if message.html:
        body["HtmlBody"] = message.html
    if whence.reply_to:
        body["ReplyTo"] = whence.reply_to
    if message.campaign:
        body["Tag"] = message.campaign[:1000]
    if message.attachments:
        body["Attachments"] = [_attachment(one) for one in message.attachments]
    return body


def _attachment(one: Attachment) -> dict[str, str]:
    shown = {"ContentID": f"cid:{one.content_id}"} if one.content_id else {}
    return {"Name": one.name, "Content": b64encode(one.content).decode(), "ContentType": one.media_type, **shown}


def _line(line: object) -> Receipt:
    told = cast("dict[str, Any]", line) if isinstance(line, dict) else {}
    code, sentence = told.get("ErrorCode", 0), str(told.get("Message", ""))
    if code == 0 and isinstance(told.get("MessageID"), str):
        return Receipt(outcome=Outcome.ACCEPTED, provider_id=told["MessageID"], detail=sentence)
    if code == 0:
        return Receipt(outcome=Outcome.UNKNOWN, detail=sentence)
    return _refused(int(code), sentence)


def _whole(answer: Answer) -> Receipt:
    """The call failed as a whole; 422 carries a code of its own."""
    told = answer.document()
    code = told.get("ErrorCode")
    if answer.status == 422 and isinstance(code, int):
        return _refused(code, str(told.get("Message", "")))
    return verdict(answer, str(told.get("Message", "")))


def _refused(code: int, sentence: str) -> Receipt:
    detail = f"{code} {sentence}"
    if code in _OUR_SETTINGS:
        return Receipt(outcome=Outcome.UNREACHABLE, detail=detail)
    invalid = code == _INACTIVE or (code == _INVALID and _RECIPIENT.match(sentence) is not None)
    return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail=detail, invalid_address=invalid)


def open_postmark(settings: PostmarkSettings) -> Sender:
    """The channel with these settings."""
    return PostmarkSender(settings, ENDPOINT)
