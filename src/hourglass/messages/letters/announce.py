"""What a person said on a page of theirs, as an event: journeys hear of it as of anything else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct

from hourglass.events import envelope
from hourglass.kernel import WorkspaceId, fingerprint
from hourglass.log import append
from hourglass.postgres import Transaction
from hourglass.profiles import event_names


class Word(Struct, frozen=True, kw_only=True):
    """One event to tell: a track with properties, or an identify with traits."""

    name: str | None
    body: dict[str, Any]
    message_id: str

    @property
    def event(self) -> UUID:
        """The id it will have; what is written down at once under it is not written down again."""
        return UUID(fingerprint(self.message_id))


def word(name: str, **properties: Any) -> Word:
    """A track."""
    return Word(name=name, body={"properties": properties}, message_id=f"hg-said-{uuid4().hex}")


def traits(**values: Any) -> Word:
    """An identify."""
    return Word(name=None, body={"traits": values}, message_id=f"hg-said-{uuid4().hex}")


def announce(
    tx: Transaction,
    workspace_id: WorkspaceId,
    person: int,
    words: list[Word],
    context: dict[str, Any],
    now: datetime,
    partitions: int,
) -> None:
    """Append the events to the log. Who has no name that an event can carry is not told of."""
    who = event_names(tx, workspace_id, [person]).get(person)
    if who is not None and words:
        append(tx, workspace_id, [_event(one, who, context, now) for one in words], now, partitions)


def _event(one: Word, who: dict[str, str], context: dict[str, Any], now: datetime) -> bytes:
    kind = "identify" if one.name is None else "track"
    named = {} if one.name is None else {"event": one.name}
    shared = {"messageId": one.message_id, "timestamp": now.isoformat(), "context": context}
    return envelope(kind, {"type": kind, **named, **shared, **who, **one.body})
