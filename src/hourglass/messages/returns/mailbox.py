"""A mailbox that bounces go to, looked through by IMAP: what is unread is read, noted and marked as seen."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from hourglass.kernel import Malformed

_MOST = 256 * 1024
_TIMEOUT = 30.0
_AT_ONCE = 200


class Mailbox(Struct, frozen=True, kw_only=True):
    """Where it is."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool


def read_mailbox_url(url: str) -> Mailbox:
    """Take `imaps://user:password@host/FOLDER` apart. Raises Malformed without repeating the password."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise Malformed(
            "A mailbox is written like imaps://user:password@mail.shop.example/INBOX", path="bounce_mailbox"
        )
    if parts.scheme == "imap" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise Malformed("Only a mailbox on this machine may be read without TLS; write imaps://", path="bounce_mailbox")
    encrypted = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if encrypted else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=encrypted,
    )


def look_through(mailbox: Mailbox, take: Callable[[bytes], bool]) -> int:
    """Hand over every unread mail, oldest first, 200 at most; how many were taken.

    What cannot be noted stays unread. Raises OSError or imaplib.IMAP4.error when the mailbox cannot be reached.
    """
    taken = 0
    with _opened(mailbox) as imap:
        _, found = imap.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split()[:_AT_ONCE]:
            octets = _fetch(imap, uid.decode("ascii"))
            if octets is None or take(octets):
                imap.uid("STORE", uid.decode("ascii"), "+FLAGS", r"(\Seen)")
                taken += octets is not None
    return taken


@contextmanager
def _opened(mailbox: Mailbox) -> Generator[imaplib.IMAP4]:
    if mailbox.encrypted:
        context = ssl.create_default_context()
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=_TIMEOUT)
    else:
        imap = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=_TIMEOUT)
    try:
        imap.login(mailbox.user, mailbox.password)
        answer, _ = imap.select(_quoted(mailbox.folder))
        if answer != "OK":
            raise imaplib.IMAP4.error(f"There is no folder {mailbox.folder}.")
        yield imap
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            imap.logout()


def _fetch(imap: imaplib.IMAP4, uid: str) -> bytes | None:
    """The beginning of a mail; without marking it."""
    _, parts = imap.uid("FETCH", uid, f"(BODY.PEEK[]<0.{_MOST}>)")
    return next((part[1] for part in parts if isinstance(part, tuple) and isinstance(part[1], bytes)), None)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
