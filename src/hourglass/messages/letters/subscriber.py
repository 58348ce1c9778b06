"""A person on the pages they see about their own subscriptions: who they are, and by which right they look."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.letters.language import spoken
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("subscriber.sql"))


class Subscriber(Struct, frozen=True, kw_only=True):
    """Whoever the addressee is now. `channel`: that of the address to which the link was sent."""

    workspace_id: WorkspaceId
    person: int
    shop: str
    locale: str
    email: str | None
    phone: str | None
    channel: str | None = None
    shop_locale: str = ""

    @property
    def language(self) -> str:
        """In which their pages speak."""
        return spoken(self.locale, self.shop_locale)


def of_message(tx: Transaction, workspace_id: int, message_id: int) -> Subscriber | None:
    """The one a message went to; None when message or person are gone."""
    return _queries.one(tx, "of_message", Subscriber, workspace_id=workspace_id, id=message_id)


def of_person(tx: Transaction, workspace_id: int, profile_id: int) -> Subscriber | None:
    """A person by number; None when they are gone."""
    return _queries.one(tx, "of_person", Subscriber, workspace_id=workspace_id, id=profile_id)
