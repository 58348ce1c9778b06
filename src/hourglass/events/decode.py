"""The pipeline from a chunk of the log to canonical events: parse the whole chunk at once, then small named steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from hourglass.events.aliases import canonical_name
from hourglass.events.columns import typed_columns
from hourglass.events.envelope import Envelope
from hourglass.events.event import Dropped, Event
from hourglass.events.incoming import Incoming, Kind, identifier
from hourglass.events.moment import AHEAD, EARLIEST, corrected, read_moment
from hourglass.events.numbers import finite_or_text, has_huge_numbers, tamed
from hourglass.kernel import fingerprint

NAMES: Final[dict[Kind, str]] = {
    "identify": "Profile Identified",
    "page": "Page Viewed",
    "screen": "Screen Viewed",
    "group": "Group Joined",
    "alias": "Alias Stated",
}
"""What the calls without a name of their own are called."""

_envelopes = msgspec.json.Decoder(list[Envelope]).decode
_envelope_with_texts = msgspec.json.Decoder(Envelope, float_hook=finite_or_text).decode
_raws = msgspec.json.Decoder(list[Raw]).decode


def clamp_clock(event: Event) -> Event | Dropped:
    """A clock slightly ahead counts as now; an absurd one is refused."""
    at = event.at
    if at > event.received_at:
        if at > event.received_at + AHEAD:
            return Dropped(reason="from_the_future", detail=f"It says it happened at {at}.")
        event.at = event.received_at
    elif at < EARLIEST:
        return Dropped(reason="from_the_past", detail=f"It says it happened at {at}.")
    return event


def done_by_somebody(event: Event) -> Event | Dropped:
    """An event without any identifier could reach nobody."""
    if event.user_id is None and event.anonymous_id is None:
        return Dropped(reason="nobody", detail="It has neither userId nor anonymousId.")
    return event


Step = Callable[[Event], Event | Dropped]
STEPS: Final[tuple[Step, ...]] = (done_by_somebody, clamp_clock, canonical_name, typed_columns)


def decode(
    chunk: bytes, received_at: datetime, now: datetime, currency: str = "EUR"
) -> tuple[list[Event], list[Dropped]]:
    """Canonical events of one chunk, in order, and what had to be refused. `currency` is the workspace's.

    Nothing is received after `now`, whatever the clock of the machine that received it said.
    """
    received_at = min(received_at, now)
    events: list[Event] = []
    dropped: list[Dropped] = []
    raws: list[Raw] = []
    for place, opened in enumerate(_opened(chunk)):
        event = opened if opened.__class__ is Dropped else _event(opened, received_at, currency)  # pyright: ignore[reportArgumentType]
        for step in STEPS:
            if event.__class__ is Dropped:
                break
            event = step(event)  # pyright: ignore[reportArgumentType]  # a Dropped left above
        if isinstance(event, Dropped):
            # Only here the bytes of single events are looked for.
            raws = raws or ([] if event.envelope else _raws(chunk))
            dropped.append(replace(event, envelope=event.envelope or bytes(raws[place]), received_at=received_at))
        else:
            events.append(event)  # pyright: ignore[reportArgumentType]
    return events, dropped


def _opened(chunk: bytes) -> Sequence[Envelope | Dropped]:
    try:
        envelopes = _envelopes(chunk)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return _singly(chunk)
    if has_huge_numbers(chunk):
        for envelope, raw in zip(envelopes, _raws(chunk), strict=True):
            if has_huge_numbers(bytes(raw)):
                _tame(envelope)
    return envelopes


def _singly(chunk: bytes) -> list[Envelope | Dropped]:
    """Of a chunk in which something is wrong, whatever is not."""
    try:
        return [_one(bytes(raw)) for raw in _raws(chunk)]
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        return [Dropped(envelope=chunk, reason="not_json", detail=str(error))]


def _one(raw: bytes) -> Envelope | Dropped:
    try:
        envelope = _envelope_with_texts(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        return Dropped(envelope=raw, reason="not_an_event", detail=str(error))
    if has_huge_numbers(raw):
        _tame(envelope)
    return envelope


def _tame(envelope: Envelope) -> None:
    incoming = envelope.e
    incoming.properties, incoming.traits = tamed(incoming.properties), tamed(incoming.traits)
    incoming.context, envelope.c = tamed(incoming.context), tamed(envelope.c)


def _event(envelope: Envelope, received_at: datetime, currency: str) -> Event | Dropped:
    incoming = envelope.e
    received = envelope.r or received_at
    message_id = incoming.message_id or envelope.m
    try:
        at = _moment(incoming.timestamp, incoming.sent_at or envelope.s, received)
    except (ValueError, OverflowError) as error:
        return Dropped(reason="no_time", detail=f"Its time cannot be read: {error}.")
    if not message_id:
        return Dropped(reason="no_message_id", detail="It has no messageId: repeats could not be told.")
    kind = envelope.k
    name = incoming.event if kind == "track" else NAMES[kind]
    if not name:
        return Dropped(reason="no_name", detail="A track call needs the name of the event.")
    context = _context(envelope)
    return Event(
        kind=kind,
        name=name,
        message_id=message_id,
        id=fingerprint(message_id),
        at=at,
        received_at=received,
        user_id=identifier(incoming.user_id),
        anonymous_id=identifier(incoming.anonymous_id),
        previous_id=identifier(incoming.previous_id),
        group_id=identifier(incoming.group_id),
        traits=incoming.traits or {},
        properties=_properties(incoming, kind),
        context=context,
        historical=envelope.h or context.get("historical") is True,
        currency=currency,
    )


def _moment(timestamp: str | None, sent_at: str | None, received_at: datetime) -> datetime:
    if timestamp is None:
        return received_at
    at = read_moment(timestamp)
    return at if sent_at is None else corrected(at, read_moment(sent_at), received_at)


def _properties(incoming: Incoming, kind: Kind) -> dict[str, Any]:
    properties = incoming.properties or {}
    if kind in {"page", "screen"}:
        if incoming.name is not None:
            properties.setdefault("name", incoming.name)
        if incoming.category is not None:
            properties.setdefault("category", incoming.category)
    return properties


def _context(envelope: Envelope) -> dict[str, Any]:
    context = envelope.e.context or {}
    if envelope.c is not None:
        context = envelope.c | context
    if envelope.ip is not None:
        context.setdefault("ip", envelope.ip)
    return context
