"""The whole mail of a message: who it is from, what mailboxes ask of bulk mail, and the signatures over it."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from hourglass.channels import Marker, Outgoing
from hourglass.plugins.channels.email.address import envelope_address
from hourglass.plugins.channels.email.connection import Envelope
from hourglass.plugins.channels.email.dkim import Keyring
from hourglass.plugins.channels.email.encoding import header
from hourglass.plugins.channels.email.mime import body

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# A letter somebody waits for, though a machine wrote it (RFC 3834): no automatic answers.
_EXPECTED = b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"


class Letterhead:
    """Makes mails for one sender. Without a marker their bounces cannot be told to be true."""

    def __init__(self, name: str, address: str, keyring: Keyring, marker: Marker | None, return_domain: str) -> None:
        self._sender = (name, address)
        self._keyring = keyring
        self._marker = marker
        self._return_domain = return_domain

    def message_id(self, message: Outgoing) -> str:
        """The same at every attempt, so that a mailbox can tell a repeat."""
        return f"{self._mark(message)}.hourglass@{self._domain(message)}"

    def envelope(self, message: Outgoing, recipient: str) -> Envelope:
        """The mail and where it goes, without the final dot; lines may begin with a dot."""
        describing, content = body(message)
        message_id = self.message_id(message)
        head = self._head(message, recipient, message_id) + describing
        signed = self._keyring.signatures(self._domain(message)).headers(head, content, int(message.at.timestamp()))
        return Envelope(
            sender=self._return_path(message),
            recipient=recipient,
            content=b"".join((signed, head, b"\r\n", content)),
            mark=self._mark(message) if self._marker else "",
            message_id=message_id,
        )

    def _head(self, message: Outgoing, recipient: str, message_id: str) -> bytes:
        name, address = self._from(message)
        answers = envelope_address(message.reply_to) if message.reply_to else None
        lines = [
            b"From: ", mailbox(name, address), b"\r\nTo: ", mailbox("", recipient),
            *((b"\r\nReply-To: ", mailbox("", answers)) if answers else ()),
            b"\r\nSubject: ", header(message.subject),
            b"\r\nDate: ", _date(message.at),
            b"\r\nMessage-ID: <", message_id.encode(), b">\r\nMIME-Version: 1.0\r\n",
            self._bulk(message) if message.marketing else _EXPECTED,
            *self._way_out(message),
        ]  # fmt: skip
        return b"".join(lines)

    def _bulk(self, message: Outgoing) -> bytes:
        topic, campaign = message.topic or "news", message.campaign or "none"
        return _bulk(self._domain(message), message.workspace_id, topic, campaign)

    def _from(self, message: Outgoing) -> tuple[str, str]:
        """What the brand says, else the settings; an address that is none is not used."""
        name, address = self._sender
        given = envelope_address(message.from_address) if message.from_address else None
        return message.from_name if message.from_name is not None else name, given or address

    def _domain(self, message: Outgoing) -> str:
        return self._from(message)[1].rpartition("@")[2]

    def _return_path(self, message: Outgoing) -> str:
        if self._marker is None or not self._return_domain:
            return self._from(message)[1]
        return self._marker.return_path(message.workspace_id, message.id, self._return_domain)

    def _way_out(self, message: Outgoing) -> list[bytes]:
        """RFC 2369 and 8058: a POST unsubscribes, without logging in; so does a mail, where mail comes back to us."""
        if message.unsubscribe_url is None:
            return []
        url = header(message.unsubscribe_url.encode("ascii", "ignore").decode("ascii")).translate(None, b"<>, ")
        ways = [b"<" + url + b">"]
        if self._marker is not None and self._return_domain:
            address = self._marker.way_out(message.workspace_id, message.id, self._return_domain)
            ways.append(b"<mailto:" + address.encode() + b"?subject=unsubscribe>")
        listed = b",\r\n ".join(ways)
        return [b"List-Unsubscribe: ", listed, b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"]

    def _mark(self, message: Outgoing) -> str:
        if self._marker is None:
            return f"{message.workspace_id:x}-{message.id:x}"
        return self._marker.mark(message.workspace_id, message.id)


@lru_cache(maxsize=256)
def mailbox(name: str, address: str) -> bytes:
    """Name and address as one header value; quoted or encoded, so that no name becomes a second address."""
    if not name.strip():
        return b"<" + address.encode() + b">"
    words = header(name)
    if name.isascii() and not words.startswith(b"=?"):
        words = b'"%s"' % words.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return words + b" <" + address.encode() + b">"


@lru_cache(maxsize=16)
def _date(at: datetime) -> bytes:
    """Mails of one look into the outbox share it."""
    return format_datetime(at).encode("ascii")


@lru_cache(maxsize=64)
def _bulk(domain: str, workspace_id: int, topic: str, campaign: str) -> bytes:
    """What mailboxes sort and count by: the list, and campaign, topic and shop for feedback loops (Gmail)."""
    topic = _word(topic)
    return (
        f"List-ID: <{topic}.{workspace_id}.list.{domain}>\r\n"
        f"Feedback-ID: {_word(campaign)}:{topic}:{workspace_id}:{_word(domain)}\r\n"
        "Precedence: bulk\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"
    ).encode()


def _word(text: str) -> str:
    """Lower-case letters, digits and single dashes: what every mailbox takes in these headers."""
    return _NOT_A_WORD.sub("-", text.lower()).strip("-")[:40] or "none"
