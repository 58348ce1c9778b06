"""From a body to what goes into the log: every event checked, in its envelope, sorted by partition."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import msgspec
from msgspec import Raw, Struct

from hourglass.events import (
    DEPTH_LIMIT,
    EVENT_LIMIT,
    Incoming,
    Kind,
    check_event,
    check_size,
    check_text,
    opening,
    read_time,
    refused,
    window,
    within,
)
from hourglass.kernel import HourglassError
from hourglass.log import partition_of
from hourglass.web.collect.paths import Call


class Parcel(Struct, gc=False):
    """Checked and ready."""

    write_key: str | None
    """As the body states it."""
    groups: dict[int, list[bytes]]
    """Envelopes by partition."""


class Arrival(Struct, frozen=True, gc=False):
    """How a request came in."""

    call: Call
    received_at: datetime
    ip: str | None
    partitions: int


class _Single(Incoming, kw_only=True, rename="camel", gc=False):
    write_key: str | None = None


class _Batch(Struct, rename="camel", gc=False):
    batch: list[Incoming]
    write_key: str | None = None
    sent_at: str | None = None
    context: dict[str, object] | None = None


class _RawBatch(Struct, gc=False):
    batch: list[Raw]
    context: Raw | None = None


_single = msgspec.json.Decoder(_Single).decode
_batch = msgspec.json.Decoder(_Batch).decode
_raw_batch = msgspec.json.Decoder(_RawBatch).decode
_FAULTS = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)


def open_parcel(body: bytes, arrival: Arrival) -> Parcel:
    """Check everything and pack it; one bad event refuses all. Raises Malformed and TooLarge with the place."""
    try:
        # The parser does not look into strings it skips.
        body.decode()
        return _pack_single(body, arrival) if arrival.call.kind else _pack_batch(body, arrival)
    except _FAULTS as error:
        raise refused(error) from error


def _pack_single(body: bytes, arrival: Arrival) -> Parcel:
    kind = arrival.call.kind
    assert kind is not None
    event = _single(body)
    check_size(body, "")
    check_text(body)
    key = check_event(event, kind, window(arrival.received_at))
    made = None if event.message_id else uuid4().hex
    envelope = opening(kind, ip=arrival.ip, historical=arrival.call.historical, message_id=made) + body + b"}"
    return Parcel(event.write_key, {partition_of(key, arrival.partitions): [envelope]})


def _pack_batch(body: bytes, arrival: Arrival) -> Parcel:
    batch, raw = _batch(body), _raw_batch(body)
    sent_at = None if batch.sent_at is None else read_time(batch.sent_at, "sentAt")
    believed, partitions = window(arrival.received_at, sent_at), arrival.partitions
    openings = _Openings(arrival, batch.sent_at, raw.context if batch.context else None)
    groups: dict[int, list[bytes]] = {}
    index = 0
    try:
        for index, (event, part) in enumerate(zip(batch.batch, raw.batch, strict=True)):
            partition = partition_of(check_event(event, None, believed), partitions)
            text = bytes(part)
            if len(text) > EVENT_LIMIT:
                check_size(text, "")
            envelope = openings.of(event, index) + text + b"}"
            if partition in groups:
                groups[partition].append(envelope)
            else:
                groups[partition] = [envelope]
    except HourglassError as error:
        place = f"batch[{index}]"
        error.path = within(place, error.path) if error.path else place
        raise
    # Around an event stand the batch and its list.
    check_text(body, DEPTH_LIMIT + 2)
    return Parcel(batch.write_key, groups)


class _Openings:
    """Openings of a batch's envelopes: alike for all events of a kind that bring a messageId."""

    def __init__(self, arrival: Arrival, sent_at: str | None, context: Raw | None) -> None:
        self._arrival = arrival
        self._sent_at = sent_at
        self._context = context
        self._made = ""
        self._alike: dict[str, bytes] = {}

    def of(self, event: Incoming, index: int) -> bytes:
        """The bytes before an event that is checked."""
        kind = event.type
        assert kind is not None
        if not event.message_id:
            self._made = self._made or uuid4().hex
            return self._open(kind, f"{self._made}-{index}")
        known = self._alike.get(kind)
        if known is None:
            known = self._alike[kind] = self._open(kind, None)
        return known

    def _open(self, kind: Kind, message_id: str | None) -> bytes:
        return opening(
            kind,
            sent_at=self._sent_at,
            ip=self._arrival.ip,
            historical=self._arrival.call.historical,
            context=self._context,
            message_id=message_id,
        )
