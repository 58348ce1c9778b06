"""From a body to what goes into the log: every event checked, in its envelope, sorted by partition."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Raw, Struct

from hourglass.events import (
    DEPTH_LIMIT,
    SHORT_EVENT,
    Glance,
    check_event,
    check_long,
    check_text,
    opening,
    read_time,
    refused,
    window,
    within,
)
from hourglass.kernel import HourglassError
from hourglass.log import Piece, partition_of
from hourglass.web.collect.envelopes import Envelopes
from hourglass.web.collect.paths import Call


class Parcel(Struct, gc=False):
    """Checked and ready for the log."""

    write_key: str | None
    """As the body states it."""
    pieces: list[Piece]


class Arrival(Struct, frozen=True, gc=False):
    """How a request came in."""

    call: Call
    received_at: datetime
    ip: str | None
    partitions: int


class _Batch(Struct, rename="camel", gc=False):
    batch: list[Glance]
    write_key: str | None = None
    sent_at: str | None = None
    context: dict[str, Any] | None = None


_NOTHING = Raw()


class _RawBatch(Struct, gc=False):
    batch: list[Raw]
    context: Raw = _NOTHING


_single = msgspec.json.Decoder(Glance).decode
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
    check_long(body)
    check_text(body)
    key = check_event(event, kind, window(arrival.received_at))
    made = None if event.message_id else uuid4().hex
    before = opening(kind, ip=arrival.ip, historical=arrival.call.historical, message_id=made)
    return Parcel(event.write_key, [Piece(partition_of(key, arrival.partitions), 1, before + body + b"}")])


def _pack_batch(body: bytes, arrival: Arrival) -> Parcel:
    batch, raw = _batch(body), _raw_batch(body)
    sent_at = None if batch.sent_at is None else read_time(batch.sent_at, "sentAt")
    believed, partitions = window(arrival.received_at, sent_at), arrival.partitions
    envelopes = Envelopes(
        sent_at=batch.sent_at,
        ip=arrival.ip,
        historical=arrival.call.historical,
        context=raw.context if batch.context else None,
    )
    add = envelopes.add
    place = 0
    try:
        for event, part in zip(batch.batch, raw.batch, strict=True):
            partition = partition_of(check_event(event, None, believed), partitions)
            text = bytes(part)
            if len(text) > SHORT_EVENT:
                check_long(text)
            add(partition, event, text)
            place += 1
    except HourglassError as error:
        where = f"batch[{place}]"
        error.path = within(where, error.path) if error.path else where
        raise
    # Around an event stand the batch and its list.
    check_text(body, DEPTH_LIMIT + 2)
    return Parcel(batch.write_key, envelopes.pieces())
