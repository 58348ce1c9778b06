"""Hands messages to Mailgun: POST /v3/{domain}/messages as a form, one message a call."""

from __future__ import annotations

import re
from base64 import b64encode

from hourglass.channels import (
    FORM_TYPE,
    REFERENCE,
    Answer,
    FormFile,
    Outcome,
    Outgoing,
    Receipt,
    Sender,
    SingleSender,
    form_body,
    one_line,
    origin,
    reference_of,
    verdict,
    way_out,
)
from hourglass.plugins.channels.mailgun.settings import MailgunSettings

ENDPOINTS = {"us": "https://api.mailgun.net", "eu": "https://api.eu.mailgun.net"}
_BAD_ADDRESS = re.compile(r"'?to'? parameter is not a valid address", re.IGNORECASE)


class MailgunSender(SingleSender):
    """Open and ready to send."""

    def __init__(self, settings: MailgunSettings, endpoint: str) -> None:
        super().__init__(timeout=settings.timeout, connections=settings.connections)
        self._settings = settings
        self._url = f"{endpoint}/v3/{settings.domain}/messages"
        login = b64encode(f"api:{settings.api_key.reveal()}".encode()).decode()
        self._headers = {"authorization": f"Basic {login}", "content-type": FORM_TYPE}

    async def call(self, message: Outgoing) -> Answer | Receipt:
        """One message."""
        form, files = mail(message, self._settings)
        return await self._caller.post(self._url, headers=self._headers, content=form_body(form, files))

    def read(self, answer: Answer) -> Receipt:
        """200 with `{id, message}`; a 200 without id comes from a wrong address (“Mailgun Magnificent API”)."""
        told = answer.document()
        number, sentence = told.get("id"), str(told.get("message") or "")
        if answer.fine and isinstance(number, str):
            return Receipt(outcome=Outcome.ACCEPTED, provider_id=number.strip("<>"), detail=sentence)
        if answer.fine:
            detail = f"No message went in; is `domain` right? {answer.sentence()}"
            return Receipt(outcome=Outcome.UNREACHABLE, detail=detail)
        detail = f"{answer.status} {sentence}" if sentence else ""
        return verdict(answer, detail, invalid_address=bool(_BAD_ADDRESS.search(sentence)))


def mail(message: Outgoing, settings: MailgunSettings) -> tuple[dict[str, str], list[FormFile]]:
    """The fields of the form and its files. Links and opens are ours to follow."""
    whence = origin(message, settings.sender)
    form: dict[str, str] = {
        "from": whence.mailbox,
        "to": message.address,
        "subject": one_line(message.subject) or " ",
        "text": message.text or " ",
        "o:tracking": "no",
        f"v:{REFERENCE}": reference_of(message),
        **{f"h:{name}": value for name, value in way_out(message).items()},
    }
    if message.html:
        form["html"] = message.html
    if whence.reply_to:
        form["h:Reply-To"] = whence.reply_to
    if message.campaign:
        form["o:tag"] = message.campaign.encode("ascii", "replace").decode()[:128]
    if settings.test_mode:
        form["o:testmode"] = "yes"
    files = [
        FormFile(
            field="inline" if one.content_id else "attachment",
            name=one.content_id or one.name,
            media_type=one.media_type,
            content=one.content,
        )
        for one in message.attachments
    ]
    return form, files


def open_mailgun(settings: MailgunSettings) -> Sender:
    """The channel with these settings."""
    return MailgunSender(settings, ENDPOINTS[settings.region])
