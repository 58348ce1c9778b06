"""The door: what must be right about an event before it is acknowledged. Everything here has a path to show."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Raw

from hourglass.events.incoming import Incoming
from hourglass.events.moment import AHEAD, EARLIEST, corrected, read_moment
from hourglass.kernel import Malformed, TooLarge

EVENT_LIMIT: Final = 32 * 1024
"""Bytes of one event (Segment's limit)."""
DEPTH_LIMIT: Final = 32
"""How deep objects and lists may nest inside one event."""

_decode = msgspec.json.Decoder(Incoming).decode
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_WORDS: Final = {"`int | str | null`": "text or a whole number", "`str | null`": "text", "`object | null`": "an object"}


def check(raw: bytes | Raw, kind: str | None, path: str, received_at: datetime | None = None) -> bytes:
    """Validate one event alone; the key that chooses its partition. Raises Malformed or TooLarge with the place.

    Without `received_at` its time must be readable, and whether it is believable shows when it is processed.
    """
    text = bytes(raw)
    try:
        event = _decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise refused(error, path) from error
    check_bytes(text, path)
    return check_fields(event, kind, None, received_at, path)


def check_bytes(text: bytes, path: str) -> None:
    """Size, depth and NUL, without parsing unless there is a suspicion."""
    if len(text) > EVENT_LIMIT:
        raise TooLarge(f"An event may have {EVENT_LIMIT} bytes, this one has {len(text)}.", path=path or None)
    if text.count(b"{") + text.count(b"[") > DEPTH_LIMIT and depth(text) > DEPTH_LIMIT:
        raise Malformed(f"Objects and lists may nest {DEPTH_LIMIT} deep, these go deeper.", path=path or None)
    if b"\\u0000" in text and (place := nul_place(msgspec.json.decode(text), path)) is not None:
        raise Malformed("Text may not contain the character NUL (\\u0000).", path=place)


def check_fields(
    event: Incoming, kind: str | None, sent: datetime | None, received_at: datetime | None, path: str
) -> bytes:
    """What the kind of call needs, and a believable time; the key that chooses its partition.

    `sent` is the request's sentAt; an event's own counts before it.
    """
    _check_kind(event, kind or event.type, path)
    key = event.user_id or event.anonymous_id
    if not key:
        raise Malformed("Say who did it: `userId` or `anonymousId`.", path=_at(path, "userId"))
    if event.timestamp is not None:
        if event.sent_at is not None:
            sent = read_time(event.sent_at, _at(path, "sentAt"))
        _check_time(event.timestamp, sent, received_at, path)
    return key.encode() if isinstance(key, str) else str(key).encode()


def _check_kind(event: Incoming, kind: str | None, path: str) -> None:
    if kind == "track":
        name = event.event
        if not name or name.isspace():
            raise Malformed("A track call needs `event`, the name of what happened.", path=_at(path, "event"))
    elif kind == "alias":
        if not event.previous_id:
            raise Malformed("An alias call needs `previousId`.", path=_at(path, "previousId"))
        if not event.user_id:
            raise Malformed("An alias call needs `userId`.", path=_at(path, "userId"))
    elif kind == "group":
        if not event.group_id:
            raise Malformed("A group call needs `groupId`.", path=_at(path, "groupId"))
    elif kind is None:
        raise Malformed("Say what kind of call it is: identify, track, page, screen, group or alias.",
                        path=_at(path, "type"))  # fmt: skip


def _check_time(timestamp: str, sent: datetime | None, received_at: datetime | None, path: str) -> None:
    at = read_time(timestamp, _at(path, "timestamp"))
    if received_at is None:
        return
    try:
        at = corrected(at, sent, received_at)
        believable = EARLIEST <= at <= received_at + AHEAD
    except OverflowError:
        believable = False
    if not believable:
        raise Malformed(
            f"An event cannot have happened at {timestamp}: before 1990, or more than a day ahead.",
            path=_at(path, "timestamp"),
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
        return Malformed(f"Objects and lists may nest {DEPTH_LIMIT} deep, these go deeper.", path=path or None)
    if isinstance(error, UnicodeDecodeError):
        return Malformed(f"The text is not UTF-8 (byte {error.start}).", path=path or None)
    match = _PLACE.match(str(error))
    assert match is not None
    what, inner = match["what"], match["path"]
    for theirs, ours in _WORDS.items():
        what = what.replace(theirs, ours)
    return Malformed(f"{what}.", path=_at(path, inner) if inner else path or None)


def depth(text: bytes) -> int:
    """How deep the JSON nests, brackets inside strings not counted."""
    deepest = level = 0
    for bracket in re.sub(rb'"(?:[^"\\]|\\.)*"|[^\[\]{}]', b"", text, flags=re.DOTALL):
        level += 1 if bracket in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def nul_place(value: object, path: str) -> str | None:
    """Where in a parsed value the first NUL stands; None when there is none."""
    if isinstance(value, str):
        return path if "\0" in value else None
    if isinstance(value, dict):
        for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]
            if "\0" in key:
                return path
            if (place := nul_place(item, _at(path, key))) is not None:  # pyright: ignore[reportUnknownArgumentType]
                return place
    if isinstance(value, list):
        for index, item in enumerate(value):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            if (place := nul_place(item, f"{path}[{index}]")) is not None:  # pyright: ignore[reportUnknownArgumentType]
                return place
    return None


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
