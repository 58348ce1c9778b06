"""The envelopes of a batch: alike for all events of a kind that bring a messageId, so made once, joined at the end."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from msgspec import Raw

from hourglass.events import Glance, Kind, opening
from hourglass.log import Piece

_BETWEEN: Final = b"},"
_AFTER: Final = b"}"


class Envelopes:
    """Gathers the events of a batch by partition."""

    def __init__(self, *, sent_at: str | None, ip: str | None, historical: bool, context: Raw | None) -> None:
        self._sent_at = sent_at
        self._ip = ip
        self._historical = historical
        self._context = context
        self._made = ""
        self._alike: dict[str, bytes] = {}
        self._parts: dict[int, list[bytes]] = {}

    def add(self, partition: int, event: Glance, text: bytes) -> None:
        """Put an event that is checked, so that it says its kind, into an envelope."""
        kind = event.type
        assert kind is not None
        before = self._alike.get(kind) if event.message_id else self._numbered(kind)
        if before is None:
            before = self._alike[kind] = _BETWEEN + self._open(kind, None)
        parts = self._parts.get(partition)
        if parts is None:
            self._parts[partition] = [before[len(_BETWEEN) :], text]
        else:
            parts += (before, text)

    def pieces(self) -> list[Piece]:
        """Everything gathered; an opening and an event are two parts."""
        return [
            Piece(partition, len(parts) // 2, b"".join((*parts, _AFTER))) for partition, parts in self._parts.items()
        ]

    def _numbered(self, kind: Kind) -> bytes:
        """For an event without messageId: a made one, which a repeat of the request cannot share."""
        self._made = self._made or f"{uuid4().hex}-"
        number = sum(len(parts) for parts in self._parts.values()) // 2
        return _BETWEEN + self._open(kind, f"{self._made}{number}")

    def _open(self, kind: Kind, message_id: str | None) -> bytes:
        return opening(
            kind,
            sent_at=self._sent_at,
            ip=self._ip,
            historical=self._historical,
            context=self._context,
            message_id=message_id,
        )
