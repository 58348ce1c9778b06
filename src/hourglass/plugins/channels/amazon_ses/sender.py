"""Hands messages to Amazon SES: SendEmail of API v2 with simple content, one message a call.

SES puts the mail together and signs it (DKIM) itself. SendBulkEmail takes 50 recipients, but of one template.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

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
    way_out,
)
from hourglass.kernel import Clock, SystemClock
from hourglass.plugins.channels.amazon_ses.settings import AmazonSesSettings
from hourglass.plugins.channels.amazon_ses.signature import Credentials, sign

_DAILY = re.compile(r"daily", re.IGNORECASE)
_DAILY_PAUSE = 900.0
_BAD_ADDRESS = re.compile(
    r"(illegal (address|domain)|domain contains|local address contains|missing (final|start|end)|invalid domain name)",
    re.IGNORECASE,
)
_NO_TAG = re.compile(r"[^A-Za-z0-9_-]")
_UTF8 = "UTF-8"
# About the account and its settings: no fault of the message.
_OUR_SETTINGS = frozenset(
    {
        "AccountSuspendedException",
        "SendingPausedException",
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "LimitExceededException",
    }
)


class AmazonSesSender(SingleSender):
    """Open and ready to send."""

    def __init__(self, settings: AmazonSesSettings, endpoint: str, clock: Clock) -> None:
        super().__init__(timeout=settings.timeout, connections=settings.connections)
        self._settings = settings
        self._url = f"{endpoint}/v2/email/outbound-emails"
        self._clock = clock
        self._credentials = Credentials(
            access_key_id=settings.access_key_id,
            secret=settings.secret_access_key,
            region=settings.region,
            service="ses",
            session_token=settings.session_token,
        )

    async def call(self, message: Outgoing) -> Answer | Receipt:
        """One message."""
        body = msgspec.json.encode(mail(message, self._settings))
        headers = {"content-type": "application/json"}
        signed = sign(self._credentials, "POST", self._url, headers, body, self._clock.now())
        return await self._caller.post(self._url, headers=signed, content=body)

    def read(self, answer: Answer) -> Receipt:
        """200 with MessageId, or an error that is named in a header."""
        told = answer.document()
        number = told.get("MessageId")
        if answer.fine:
            if isinstance(number, str):
                return Receipt(outcome=Outcome.ACCEPTED, provider_id=number)
            return Receipt(outcome=Outcome.UNKNOWN, detail=answer.sentence())
        name = _error_name(answer, told)
        sentence = str(told.get("message") or told.get("Message") or "")
        detail = f"{name}: {sentence}" if name else answer.sentence()
        if name in _OUR_SETTINGS:
            return Receipt(outcome=Outcome.UNREACHABLE, detail=detail)
        if name == "MessageRejected" and "not verified" in sentence:
            return Receipt(outcome=Outcome.UNREACHABLE, detail=detail)
        if name == "TooManyRequestsException" and _DAILY.search(sentence):
            return Receipt(outcome=Outcome.UNREACHABLE, detail=detail, retry_after=_DAILY_PAUSE)
        return verdict(answer, detail, invalid_address=bool(_BAD_ADDRESS.search(sentence)))


def mail(message: Outgoing, settings: AmazonSesSettings) -> dict[str, Any]:
    """The body of the call."""
    whence = origin(message, settings.sender)
    content: dict[str, Any] = {
        "Subject": {"Data": one_line(message.subject) or " ", "Charset": _UTF8},
        "Body": {"Text": {"Data": message.text or " ", "Charset": _UTF8}},
        "Headers": [{"Name": name, "Value": value} for name, value in way_out(message).items()],
    }
    if message.html:
        content["Body"]["Html"] = {"Data": message.html, "Charset": _UTF8}
    if message.attachments:
        content["Attachments"] = [_attachment(one) for one in message.attachments]
    tags = {REFERENCE: reference_of(message), "campaign": _NO_TAG.sub("_", message.campaign or "")[:256]}
    body: dict[str, Any] = {
        "FromEmailAddress": _mailbox(whence.name, whence.address),
        "Destination": {"ToAddresses": [message.address]},
        "Content": {"Simple": content},
        "EmailTags": [{"Name": name, "Value": value} for name, value in tags.items() if value],
    }
    if whence.reply_to:
        body["ReplyToAddresses"] = [whence.reply_to]
    if settings.configuration_set:
        body["ConfigurationSetName"] = settings.configuration_set
    return body


def _mailbox(name: str, address: str) -> str:
    """SES takes a name with foreign letters as an encoded word only (RFC 2047), and each word of 75 letters at most."""
    if not name:
        return address
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    words = [f"=?utf-8?b?{b64encode(name[at : at + 11].encode()).decode()}?=" for at in range(0, len(name), 11)]
    return f"{' '.join(words)} <{address}>"


def _attachment(one: Attachment) -> dict[str, str]:
    shown = {"ContentDisposition": "INLINE", "ContentId": one.content_id} if one.content_id else {}
    return {
        "RawContent": b64encode(one.content).decode(),
        "FileName": one.name,
        "ContentType": one.media_type,
        "ContentDisposition": "ATTACHMENT",
        "ContentTransferEncoding": "BASE64",
        **shown,
    }


def _error_name(answer: Answer, told: dict[str, Any]) -> str:
    named = answer.headers.get("x-amzn-errortype") or str(told.get("__type") or "")
    return named.partition(":")[0].rpartition("#")[2]


def open_amazon_ses(settings: AmazonSesSettings) -> Sender:
    """The channel with these settings. Signatures live by the clock of the machine, also where a demo's clock runs."""
    return AmazonSesSender(settings, f"https://email.{settings.region}.amazonaws.com", SystemClock())
