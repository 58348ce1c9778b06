"""Hands messages to Unisender Go: email/send.json, one message a call (its batches share one text)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, cast

import msgspec

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
)
from hourglass.plugins.channels.unisender_go.settings import UnisenderGoSettings

_TEMPORARY = "temporary_unavailable"
# The words of `failed_emails` that are about the address for good; “unsubscribed” is about Unisender's own list.
_DEAD = frozenset({"invalid", "permanent_unavailable"})


class UnisenderGoSender(SingleSender):
    """Open and ready to send."""

    def __init__(self, settings: UnisenderGoSettings, endpoint: str) -> None:
        super().__init__(timeout=settings.timeout, connections=settings.connections)
        self._settings = settings
        self._url = f"{endpoint}/ru/transactional/api/v1/email/send.json"
        self._headers = {
            "accept": "application/json",
            "content-type": "application/json",
            "x-api-key": settings.api_key.reveal(),
        }

    async def call(self, message: Outgoing) -> Answer | Receipt:
        """One message."""
        body = msgspec.json.encode({"message": mail(message, self._settings)})
        return await self._caller.post(self._url, headers=self._headers, content=body)

    def read(self, answer: Answer) -> Receipt:
        """`success` with the job and the addresses taken, or why not, for each address or the call as a whole."""
        told = answer.document()
        if not answer.fine:
            sentence = str(told.get("message") or "")
            return verdict(answer, f"{told.get('code', answer.status)} {sentence}" if sentence else "")
        failed = told.get("failed_emails")
        if isinstance(failed, Mapping) and failed and not told.get("emails"):
            return _failed(str(next(iter(cast("Mapping[str, Any]", failed).values()))))
        if told.get("status") == "success" and isinstance(told.get("job_id"), str):
            return Receipt(outcome=Outcome.ACCEPTED, provider_id=told["job_id"])
        return Receipt(outcome=Outcome.UNKNOWN, detail=answer.sentence())


def mail(message: Outgoing, settings: UnisenderGoSettings) -> dict[str, Any]:
    """The message. Links and opens are ours to follow; the way out in its header is ours."""
    whence = origin(message, settings.sender)
    body: dict[str, Any] = {
        "recipients": [{"email": message.address, "metadata": {REFERENCE: reference_of(message)}}],
        "template_engine": "simple",
        "subject": _plain(one_line(message.subject)) or " ",
        "from_email": whence.address,
        "body": {"plaintext": _plain(message.text) or " "},
        "track_links": 0,
        "track_read": 0,
        "global_language": "ru" if message.locale.startswith("ru") else "en",
        "idempotence_key": f"hourglass-{reference_of(message)}",
    }
    if message.html:
        body["body"]["html"] = message.html.replace("{{", "&#123;&#123;")
    if whence.name:
        body["from_name"] = whence.name
    if whence.reply_to:
        body["reply_to"] = whence.reply_to
    if message.unsubscribe_url:
        body["options"] = {"unsubscribe_url": message.unsubscribe_url}
    if message.campaign:
        body["tags"] = [message.campaign[:50]]
    if settings.skip_unsubscribe:
        body["skip_unsubscribe"] = 1
    return body | _files(message)


def _files(message: Outgoing) -> dict[str, Any]:
    shown = [one for one in message.attachments if one.content_id]
    plain = [one for one in message.attachments if not one.content_id]
    told: dict[str, Any] = {}
    if plain:
        told["attachments"] = [_attachment(one, one.name) for one in plain]
    if shown:
        told["inline_attachments"] = [_attachment(one, one.content_id or "") for one in shown]
    return told


def _attachment(one: Attachment, name: str) -> dict[str, str]:
    return {"type": one.media_type, "name": name, "content": b64encode(one.content).decode()}


def _plain(text: str) -> str:
    """Its own template language must find nothing in a text that is finished; a word joiner parts the brackets."""
    return text.replace("{{", "{\u2060{")


def _failed(word: str) -> Receipt:
    if word == _TEMPORARY:
        return Receipt(outcome=Outcome.REFUSED_TEMPORARY, detail=word)
    return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail=word, invalid_address=word in _DEAD)


def open_unisender_go(settings: UnisenderGoSettings) -> Sender:
    """The channel with these settings."""
    return UnisenderGoSender(settings, f"https://{settings.server}.unisender.ru")
