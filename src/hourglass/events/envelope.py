"""What stands in the log: an event's own bytes, untouched, in an envelope that says how it arrived."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hourglass.events.incoming import Incoming, Kind
from hourglass.kernel import Malformed, digest


class Envelope(Struct, kw_only=True, omit_defaults=True, gc=False):
    """The wire form; a chunk of the log is a JSON array of these."""

    k: Kind
    s: str | None = None
    """sentAt of the request, by the client's clock."""
    ip: str | None = None
    """Address of a browser; absent for servers."""
    h: bool = False
    """History: fills everything, triggers nothing."""
    c: dict[str, Any] | None = None
    """Context stated once for a whole batch."""
    m: str | None = None
    """The messageId we made because the client sent none."""
    r: datetime | None = None
    """When it was first received, if it is processed again."""
    e: Incoming


_NOTHING = Raw()


class _Sealed(Struct, kw_only=True, omit_defaults=True):
    k: Kind
    s: str | None = None
    ip: str | None = None
    h: bool = False
    c: Raw = _NOTHING
    m: str | None = None
    r: datetime | None = None
    e: Raw


class _Who(Struct, rename="camel"):
    user_id: str | int | None = None
    anonymous_id: str | int | None = None


class _Whose(Struct):
    e: _Who


_encode = msgspec.json.Encoder().encode
_open = msgspec.json.Decoder(_Sealed).decode
_who = msgspec.json.Decoder(_Whose).decode


def opening(
    kind: str,
    *,
    sent_at: str | None = None,
    ip: str | None = None,
    historical: bool = False,
    context: Raw | None = None,
    message_id: str | None = None,
) -> bytes:
    """The bytes before the event's own; the event and one closing brace complete the envelope."""
    parts = [b'{"k":"', kind.encode(), b'"']
    if sent_at is not None:
        parts += [b',"s":', _encode(sent_at)]
    if ip is not None:
        parts += [b',"ip":', _encode(ip)]
    if historical:
        parts.append(b',"h":true')
    if context is not None:
        parts += [b',"c":', bytes(context)]
    if message_id is not None:
        parts += [b',"m":', _encode(message_id)]
    parts.append(b',"e":')
    return b"".join(parts)


def envelope(kind: Kind, body: dict[str, Any], *, historical: bool = False) -> bytes:
    """An event that Hourglass itself emits. Without a messageId it gets one made from its content."""
    if "messageId" not in body:
        content = msgspec.json.encode(body, order="deterministic").decode()
        body = {**body, "messageId": f"hg-{digest(kind, content).hex}"}
    return opening(kind, historical=historical) + _encode(body) + b"}"


def resealed(payload: bytes, received_at: datetime) -> bytes:
    """The envelope for processing again; it remembers when the event was first received. Raises Malformed."""
    try:
        sealed = _open(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Malformed(f"This is no envelope: {error}.") from error
    sealed.r = sealed.r or received_at
    return _encode(sealed)


def partition_key(payload: bytes) -> bytes:
    """What chooses the partition of an event: its user, else its device."""
    try:
        who = _who(payload).e
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return b""
    return str(who.user_id or who.anonymous_id or "").encode()
