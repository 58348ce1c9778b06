"""News about our messages, coming round through the log: what they change about messages and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from hourglass.events import Event
from hourglass.messages.outbox.fall_back import fall_back_bounced
from hourglass.messages.tracking.soft import PASSES, Soft, add_up, read_again
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("feedback.sql"))
_HUMAN = "human"
_READ = ("opened", "clicked")

MOMENTS = {
    "Message Delivered": "delivered",
    "Message Opened": "opened",
    "Message Clicked": "clicked",
    "Message Bounced": "bounced",
    "Message Complained": "complained",
    "Unsubscribed": "unsubscribed",
}
"""Events about a message, and the moment of the message that each tells."""


class People(Protocol):
    """Whose each event is."""

    @property
    def profile_ids(self) -> Sequence[int]:
        """One for each event."""
        ...


class _Told(Struct, frozen=True):
    id: int
    proof: UUID
    moment: str
    permanent: bool
    event: Event

    @property
    def sort(self) -> str:
        """What kind of bounce it is; empty where nobody said."""
        told = self.event.properties.get("bounce")
        return told if isinstance(told, str) else "no_mailbox" if self.permanent else ""

    @property
    def channel(self) -> str | None:
        """Which it came by: others may have been tried since."""
        told = self.event.properties.get("channel")
        return told if isinstance(told, str) else None

    @property
    def said(self) -> str:
        """The other side's words."""
        told = self.event.properties.get("why")
        return told.replace("\0", "")[:500] if isinstance(told, str) else ""

    @property
    def passes(self) -> bool:
        """A bounce that is about the address and may be none tomorrow."""
        return self.moment == "bounced" and not self.permanent and self.event.properties.get("bounce") in PASSES

    @property
    def soft(self) -> Soft:
        """What counting needs of it."""
        return Soft(self.id, self.proof, self.event.at)


def apply_feedback(events: Sequence[Event], people: People, tx: Transaction) -> int:
    """Note opens, clicks and bounces, and suppress addresses that are dead or complained; how many events were news.

    An event that does not know the proof of its message was not made by us, and changes nothing. Nor does what
    machines open and click.
    """
    del people  # a message knows its own person; the event only brings the news
    told = [one for event in events if event.name in MOMENTS and (one := _told(event)) is not None]
    if not told:
        return 0
    _queries.execute(
        tx,
        "apply",
        ids=[one.id for one in told],
        proofs=[one.proof for one in told],
        moments=[one.moment for one in told],
        ats=[one.event.at for one in told],
        bounces=[one.sort for one in told],
        saids=[one.said for one in told],
        channels=[one.channel for one in told],
    )
    dead = [one for one in told if one.permanent or one.moment == "complained"]
    if dead:
        _queries.execute(
            tx,
            "suppress",
            ids=[one.id for one in dead],
            proofs=[one.proof for one in dead],
            reasons=[one.moment for one in dead],
            ats=[one.event.at for one in dead],
            channels=[one.channel for one in dead],
        )
        back = [(one.id, one.proof, one.channel) for one in dead if one.permanent and one.channel]
        fall_back_bounced(tx, back, max(one.event.received_at for one in dead))
    add_up(tx, [one.soft for one in told if one.passes])
    read_again(tx, [one.soft for one in told if one.moment in _READ])
    return len(told)


def _told(event: Event) -> _Told | None:
    number, proof = event.properties.get("message_id"), event.properties.get("proof")
    if not isinstance(number, int) or not isinstance(proof, str) or event.historical:
        return None
    if event.properties.get("by", _HUMAN) != _HUMAN:
        return None  # a proxy or a scanner: kept in the history, and no moment of the message
    try:
        known = UUID(proof)
    except ValueError:
        return None
    return _Told(number, known, MOMENTS[event.name], event.properties.get("permanent") is True, event)
