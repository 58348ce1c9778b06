"""Joining what many requests brought into few chunks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.log.chunk import CHUNK_BYTES, CHUNK_EVENTS, Chunk


class Piece(Struct, gc=False):
    """One request's events for one partition: envelopes joined by commas."""

    partition: int
    events: int
    payload: bytes


def gather(pieces: Iterable[tuple[WorkspaceId, Piece]], received_at: datetime) -> list[Chunk]:
    """Pieces of the same workspace and partition joined, in the order they came."""
    filling: dict[tuple[int, int], _Filling] = {}
    chunks: list[Chunk] = []
    for workspace_id, piece in pieces:
        place = (workspace_id, piece.partition)
        chunk = filling.get(place)
        if chunk is not None and chunk.full(piece):
            chunks.append(chunk.close(received_at))
            chunk = None
        if chunk is None:
            filling[place] = _Filling(workspace_id, piece)
        else:
            chunk.add(piece)
    chunks += [chunk.close(received_at) for chunk in filling.values()]
    return chunks


class _Filling:
    """A chunk that still grows."""

    def __init__(self, workspace_id: WorkspaceId, piece: Piece) -> None:
        self._workspace_id = workspace_id
        self._partition = piece.partition
        self._payloads = [piece.payload]
        self._events = piece.events
        self._bytes = len(piece.payload)

    def full(self, piece: Piece) -> bool:
        return self._events + piece.events > CHUNK_EVENTS or self._bytes + len(piece.payload) > CHUNK_BYTES

    def add(self, piece: Piece) -> None:
        self._payloads.append(piece.payload)
        self._events += piece.events
        self._bytes += len(piece.payload)

    def close(self, received_at: datetime) -> Chunk:
        """`seq` is the database's to give."""
        return Chunk(
            seq=0,
            workspace_id=self._workspace_id,
            partition=self._partition,
            received_at=received_at,
            events=self._events,
            payload=b"[" + b",".join(self._payloads) + b"]",
        )
