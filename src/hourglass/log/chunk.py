"""A chunk: the events of one workspace and partition that one commit made durable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zlib import crc32

from msgspec import Struct

from hourglass.kernel import WorkspaceId

CHUNK_EVENTS = 1000
"""Events joined into one chunk at most."""
CHUNK_BYTES = 4_000_000
"""A chunk is closed once it is this large."""


class Chunk(Struct, frozen=True, kw_only=True):
    """One row of the log."""

    seq: int
    workspace_id: WorkspaceId
    partition: int
    received_at: datetime
    events: int
    payload: bytes
    """JSON array of envelopes."""
    first_place: int = 0
    """Where in its row of the log the first of them stood: after others that are processed apart."""


def partition_of(key: bytes, partitions: int) -> int:
    """Where the events of one identifier queue up, so that they keep their order (CRC-32)."""
    return crc32(key) % partitions


def slices(envelopes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """No more than a chunk takes, at a time."""
    if len(envelopes) <= CHUNK_EVENTS:
        yield envelopes
        return
    for start in range(0, len(envelopes), CHUNK_EVENTS):
        yield envelopes[start : start + CHUNK_EVENTS]
