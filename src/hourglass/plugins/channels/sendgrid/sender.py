"""Hands messages to SendGrid: POST /v3/mail/send, one message a call (its batches share one text)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from hourglass.channels import (
    REFERENCE,
    Answer,
    Attachment,
    Outcome,
    Outgoing,
    Receipt,
    Sender,
    SingleSender,
    one_line,
    origin,
    reference_of,
    verdict,
    way_out,
)
from hourglass.plugins.channels.sendgrid.settings import SendGridSettings

ENDPOINTS = {"global": "https://api.sendgrid.com", "eu": "https://api.eu.sendgrid.com"}


class _Error(Struct, frozen=True):
    message: str = ""
    field: str | None = None


class SendGridSender(SingleSender):
    """Open and ready to send."""

    def __init__(self, settings: SendGridSettings, endpoint: str) -> None:
        super().__init__(timeout=settings.timeout, connections=settings.connections)
        self._settings = settings
        self._url = f"{endpoint}/v3/mail/send"
        self._headers = {
            "authorization": f"Bearer {settings.api_key.reveal()}",
            "content-type": "application/json",
        }

    async def call(self, message: Outgoing) -> Answer | Receipt:
        """One message."""
        body = msgspec.json.encode(mail(message, self._settings))
        return await self._caller.post(self._url, headers=self._headers, content=body)

    def read(self, answer: Answer) -> Receipt:
        """202 with X-Message-Id, or errors that name the field."""
        if answer.fine:
            return Receipt(outcome=Outcome.ACCEPTED, provider_id=answer.headers.get("x-message-id"))
        told = _errors(answer)
        detail = "; ".join(one.message for one in told)
        recipient = any((one.field or "").startswith("personalizations.0.to") for one in told)
        return verdict(answer, f"{answer.status} {detail}" if detail else "", invalid_address=recipient)


def _errors(answer: Answer) -> list[_Error]:
    try:
        return msgspec.convert(answer.document().get("errors", []), list[_Error])
    except msgspec.ValidationError:
        return []


def mail(message: Outgoing, settings: SendGridSettings) -> dict[str, Any]:
    """The body of the call. Links and opens are ours to follow, and so is the way out."""
    whence = origin(message, settings.sender)
    content = [{"type": "text/plain", "value": message.text or " "}]
    if message.html:
        content.append({"type": "text/html", "value": message.html})
    body: dict[str, Any] = {
        "personalizations": [{"to": [{"email": message.address}], "custom_args": {REFERENCE: reference_of(message)}}],
        "from": {"email": whence.address, "name": whence.name} if whence.name else {"email": whence.address},
        "subject": one_line(message.subject) or " ",
        "content": content,
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
        },
    }
    body |= _optional(message, whence.reply_to, settings)
    return body


def _optional(message: Outgoing, reply_to: str | None, settings: SendGridSettings) -> Mapping[str, Any]:
    told: dict[str, Any] = {}
    if headers := way_out(message):
        told["headers"] = headers
    if reply_to:
        told["reply_to"] = {"email": reply_to}
    if message.campaign:
        told["categories"] = [message.campaign[:255]]
    if message.attachments:
        told["attachments"] = [_attachment(one) for one in message.attachments]
    if settings.sandbox:
        told["mail_settings"] = {"sandbox_mode": {"enable": True}}
    return told


def _attachment(one: Attachment) -> dict[str, str]:
    shown = {"disposition": "inline", "content_id": one.content_id} if one.content_id else {"disposition": "attachment"}
    return {"content": b64encode(one.content).decode(), "type": one.media_type, "filename": one.name, **shown}


def open_sendgrid(settings: SendGridSettings) -> Sender:
    """The channel with these settings."""
    return SendGridSender(settings, ENDPOINTS[settings.region])
