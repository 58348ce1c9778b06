"""News about messages as events: the loop closes by the front door, like a click in the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from hourglass.events import envelope
from hourglass.kernel import WorkspaceId
from hourglass.log import append
from hourglass.postgres import Transaction
from hourglass.profiles import event_names


class About(Struct, frozen=True, kw_only=True):
    """The message an event is about. `proof` is known to us alone: it shows that the event is ours."""

    workspace_id: int
    id: int
    profile_id: int
    channel: str
    template: str
    topic: str
    proof: UUID
    journey: str | None = None
    """The key of the journey that sent it."""
    campaign: str | None = None
    """Or of the campaign."""
    tries: int = 0
    """How many channels were tried before: each has news of its own."""


class News(Struct, frozen=True, kw_only=True):
    """One thing that happened to a message. `mark` tells apart what may happen more than once (two clicks)."""

    name: str
    about: About
    at: datetime
    more: dict[str, Any] = {}
    context: dict[str, Any] = {}
    mark: str = ""

    @property
    def message_id(self) -> str:
        """The messageId of the event."""
        what = self.name.replace(" ", "-").lower()
        return "-".join(("hg", what, str(self.about.workspace_id), str(self.about.id), *self._marks))

    @property
    def _marks(self) -> list[str]:
        return [one for one in (f"c{self.about.tries}" if self.about.tries else "", self.mark) if one]


def tell(tx: Transaction, news: Sequence[News], now: datetime, partitions: int) -> None:
    """Append events about messages to the log. The same news twice is one event: its id is made from what it says."""
    for workspace_id in sorted({one.about.workspace_id for one in news}):
        its = [one for one in news if one.about.workspace_id == workspace_id]
        names = event_names(tx, WorkspaceId(workspace_id), [one.about.profile_id for one in its])
        envelopes = [_event(one, names[one.about.profile_id]) for one in its if one.about.profile_id in names]
        if envelopes:
            append(tx, WorkspaceId(workspace_id), envelopes, now, partitions)


def _event(one: News, who: dict[str, str]) -> bytes:
    about = one.about
    body: dict[str, Any] = {
        "type": "track",
        "event": one.name,
        "messageId": one.message_id,
        "timestamp": one.at.isoformat(),
        **who,
        "properties": {
            "message_id": about.id,
            "channel": about.channel,
            "template": about.template,
            "topic": about.topic,
            "journey": about.journey,
            "campaign": about.campaign,
            "proof": about.proof.hex,
            **one.more,
        },
    }
    if one.context:
        body["context"] = one.context
    return envelope("track", body)
