"""Opening the plug-in as tests do, and reading what a server got."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from hourglass.channels import Sender, discover, open_sender
from tests.channels.scripted_smtp import Script

ANNA = "anna@customers.example"


def open_email(url: str, **more: Any) -> Sender:
    """The plug-in with settings of a test."""
    options = {"url": url, "sender": "Мой магазин <shop@shop.example>", "timeout": 5.0, "connections": 2}
    return open_sender(discover()["email"], options | more)


def octets(server: Script) -> bytes:
    """The last mail, as it came."""
    content = server.mails[-1].content
    assert isinstance(content, bytes)
    return content


def parsed(content: bytes) -> EmailMessage:
    """Read strictly."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail
