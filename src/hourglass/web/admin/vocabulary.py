"""Words for codes, in every language there is: what pages call an event, and why a message did not leave."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency as Given
from msgspec import Struct

from hourglass.events import VOCABULARY, EventType
from hourglass.kernel import Permission
from hourglass.messages import REASONS
from hourglass.web.auth.actor import Actor


class Vocabulary(Struct, frozen=True, kw_only=True):
    """`GET /api/vocabulary`. Events of the shop's own are not in it: they are called as the shop calls them."""

    events: list[EventType]
    reasons: dict[str, dict[str, str]]
    """Why a message was withheld, failed, is in doubt or waits: its code to words by language."""


@get("/api/vocabulary", needs=Permission.LOOK, sync_to_thread=False, tags=["vocabulary"])
def vocabulary(actor: Given[Actor]) -> Vocabulary:
    """The canonical events with their well-known properties, and the reasons of messages, in words."""
    del actor
    reasons = {code: reason.words for code, reason in REASONS.items()}
    return Vocabulary(events=list(VOCABULARY.values()), reasons=reasons)
