"""Calls a mail server to see whether it encrypts, and whether its certificate is right."""

from __future__ import annotations

import smtplib
import ssl
from urllib.parse import parse_qs, urlsplit

from hourglass.messages.domains.asked import TlsAnswer

_TIMEOUT = 5.0


def call_server(url: str) -> TlsAnswer:
    """What smtp://host:port or smtps://host:port offers; nothing is sent, nobody logs in."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    host = parts.hostname or ""
    try:
        context = ssl.create_default_context(cafile=options.get("ca", [None])[0])
        if parts.scheme == "smtps":
            with smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT, context=context) as smtp:
                return _encrypted(smtp)
        with smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT) as smtp:
            smtp.ehlo()
            if not smtp.has_extn("starttls"):
                return TlsAnswer(state="missing")
            smtp.starttls(context=context)
            return _encrypted(smtp)
    except ssl.SSLError as error:
        return TlsAnswer(state="wrong", why=getattr(error, "verify_message", "") or str(error.reason))
    except (OSError, smtplib.SMTPException) as error:
        return TlsAnswer(state="away", why=str(error))


def _encrypted(smtp: smtplib.SMTP) -> TlsAnswer:
    version = smtp.sock.version() if isinstance(smtp.sock, ssl.SSLSocket) else ""
    return TlsAnswer(state="good", version=version or "TLS")
