"""The door: what must be right about an event before it is acknowledged. Every complaint has a path to show."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec import Raw, Struct

from hourglass.events.incoming import Call, Glance, Incoming
from hourglass.events.moment import AHEAD, EARLIEST, read_moment
from hourglass.events.text import DEPTH_LIMIT, deeper_than, nul_place, within
from hourglass.kernel import Malformed, TooLarge

EVENT_LIMIT: Final = 32 * 1024
"""Bytes of one event (Segment's limit)."""
SHORT_EVENT: Final = 4096
"""Up to here an event needs no closer look."""

_decode = msgspec.json.Decoder(Glance).decode
_decode_whole = msgspec.json.Decoder(Incoming).decode
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_MISSING: Final = re.compile(r"^Object missing required field `(.*)`$")
_WORDS: Final = {"`int | str | null`": "text or a whole number", "`str | null`": "text", "`object | null`": "an object"}


class Window(Struct, frozen=True, gc=False):
    """The times that are believed, by the clock of the client: 1990 to a day ahead, its error taken out."""

    received_at: datetime
    low: datetime
    high: datetime


def window(received_at: datetime, sent_at: datetime | None = None) -> Window:
    """The window of a request; `sent_at` is what the client's clock said when it sent. Raises Malformed."""
    error = timedelta() if sent_at is None else sent_at - received_at
    try:
        return Window(received_at, EARLIEST + error, received_at + AHEAD + error)
    except OverflowError as fault:
        raise Malformed("A clock cannot be that wrong.", path="sentAt") from fault


def check(raw: bytes | Raw, kind: str | None, path: str, received_at: datetime | None = None) -> bytes:
    """Validate one event alone; the key that chooses its partition. Raises Malformed or TooLarge with the place.

    Without `received_at` its time must be readable, and whether it is believable shows when it is processed.
    """
    text = bytes(raw)
    try:
        event = _decode(text)
        check_long(text)
        check_text(text)
        return check_event(event, kind, None if received_at is None else window(received_at))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise refused(error, path) from error
    except (Malformed, TooLarge) as error:
        error.path = within(path, error.path) if error.path else path or None
        raise


def check_long(text: bytes) -> None:
    """What only a long event can have wrong: its size, and whole numbers of thousands of digits. Needs no short one."""
    if len(text) <= SHORT_EVENT:
        return
    if len(text) > EVENT_LIMIT:
        raise TooLarge(f"An event may have {EVENT_LIMIT} bytes, this one has {len(text)}.")
    try:
        _decode_whole(text)
    except msgspec.MsgspecError as error:
        raise refused(error) from error


def check_text(text: bytes, limit: int = DEPTH_LIMIT) -> None:
    """Nesting and NUL, for JSON that parses. `limit` is larger where the event stands inside something."""
    if deeper_than(text, limit):
        raise Malformed(f"The objects and lists of an event may nest {DEPTH_LIMIT} deep, these go deeper.")
    if (place := nul_place(text)) is not None:
        raise Malformed("Text may not contain the character NUL (\\u0000).", path=place or None)


def check_event(event: Call, kind: str | None, believed: Window | None) -> bytes:
    """What the kind of call needs, and a believable time; the key that chooses its partition: user, else device."""
    kind = kind or event.type
    if kind == "track":
        if not event.event or event.event.isspace():
            raise Malformed("A track call needs `event`, the name of what happened.", path="event")
    elif kind in _NEEDS:
        _check_needs(event, kind)
    elif kind is None:
        raise Malformed("Say which call it is: identify, track, page, screen, group or alias.", path="type")
    if event.timestamp is not None:
        _check_time(event, event.timestamp, believed)
    key = event.user_id or event.anonymous_id
    if not key:
        raise Malformed("Say who did it: `userId` or `anonymousId`.", path="userId")
    return key.encode() if isinstance(key, str) else str(key).encode()


_NEEDS: Final = {"alias": (("previousId", "previous_id"), ("userId", "user_id")), "group": (("groupId", "group_id"),)}


def _check_needs(event: Call, kind: str) -> None:
    for name, field in _NEEDS[kind]:
        if not getattr(event, field):
            raise Malformed(f"This {kind} call needs `{name}`.", path=name)


def _check_time(event: Call, timestamp: str, believed: Window | None) -> None:
    at = read_time(timestamp, "timestamp")
    if believed is None:
        return
    if event.sent_at is not None:
        believed = window(believed.received_at, read_time(event.sent_at, "sentAt"))
    if not believed.low <= at <= believed.high:
        raise Malformed(
            f"An event cannot have happened at {timestamp}: before 1990, or more than a day ahead.", path="timestamp"
        )


def read_time(text: str, path: str) -> datetime:
    """A moment, or Malformed with the place."""
    try:
        return read_moment(text)
    except ValueError as error:
        raise Malformed("Write times in ISO 8601, like 2026-05-01T12:30:00Z.", path=path) from error


def refused(error: Exception, path: str = "") -> Malformed:
    """A parser's complaint as ours, with the place in the client's terms."""
    if isinstance(error, RecursionError):
        return Malformed(f"The objects and lists of an event may nest {DEPTH_LIMIT} deep.", path=path or None)
    if isinstance(error, UnicodeDecodeError):
        return Malformed("The text is not UTF-8.", path=path or None)
    match = _PLACE.match(str(error))
    assert match is not None
    what, inner = match["what"], match["path"] or ""
    if missing := _MISSING.match(what):
        return Malformed(f"`{missing[1]}` is missing.", path=within(path, within(inner, missing[1])))
    for theirs, ours in _WORDS.items():
        what = what.replace(theirs, ours)
    return Malformed(f"{what}.", path=within(path, inner) if inner else path or None)
