"""A marketer's desk: people on a list, campaigns to them, and the thread that carries them on, moved by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from hourglass import campaigns, definitions
from hourglass.audience import SEGMENT
from hourglass.campaigns import CAMPAIGN, CampaignStanding
from hourglass.campaigns.sends.rules import Rules
from hourglass.definitions import Kinds
from hourglass.kernel import Settings, Workspace
from hourglass.messages import TEMPLATE
from hourglass.postgres import Database, find_workspace
from tests.messages.shop import NOW, SHOP, Shop

INTO_THE_INBOX = Rules(Settings(smtp_url="smtp://127.0.0.1:2525", inbox_port=2525))
"""Mail that leaves for nobody: DNS is not asked."""
KINDS = Kinds([CAMPAIGN, SEGMENT, TEMPLATE])
LETTER: dict[str, Any] = {"kind": "campaign", "key": "spring", "name": "Spring", "segment": "readers",
                          "channel": "email", "template": "hello"}  # fmt: skip


class Desk(Shop):
    """The list is called `readers`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.define({"kind": "segment", "key": "readers", "list": True})
        with database.transaction() as tx:
            self.readers = definitions.find(tx, SHOP, "segment", "readers").id

    @property
    def workspace(self) -> Workspace:
        with self.database.transaction() as tx:
            return find_workspace(tx)

    def define(self, document: dict[str, Any]) -> None:
        with self.database.transaction() as tx:
            definitions.put(tx, SHOP, document, kinds=KINDS, author="test", now=NOW)

    def reader(self, name: str = "anna", **traits: Any) -> int:
        """Somebody on the list."""
        id_ = self.person(f"{name}@customers.example", **traits)
        self.run(
            "INSERT INTO segment_members VALUES (1, %(list)s, %(id)s, %(now)s)", list=self.readers, id=id_, now=NOW
        )
        return id_

    def readers_many(self, count: int) -> None:
        """A crowd, with consents, in one go."""
        self.run(
            "WITH new AS (INSERT INTO profiles (workspace_id, known, email, first_seen_at, last_seen_at)"
            " SELECT 1, true, 'p' || n || '@customers.example', %(now)s, %(now)s FROM generate_series(1, %(count)s) n"
            " RETURNING id),"
            " yes AS (INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
            " SELECT 1, id, 'email', 'news', true, %(now)s, 'test' FROM new), named AS ("
            " INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)"
            " SELECT 1, 'user_id', 'u' || id, id, %(now)s FROM new)"
            " INSERT INTO segment_members SELECT 1, %(list)s, id, %(now)s FROM new",
            count=count, list=self.readers, now=NOW,
        )  # fmt: skip

    def send(self, now: datetime = NOW, *, anyway: bool = False, **changes: Any) -> None:
        """Save the campaign and let it go."""
        self.define({**LETTER, **changes})
        with self.database.transaction() as tx:
            campaigns.send(tx, self.workspace, "spring", "test", now, anyway=anyway)

    def tell(self, verb: str, edition: int | None = None) -> None:
        """pause, resume or cancel."""
        with self.database.transaction() as tx:
            getattr(campaigns, verb)(tx, SHOP, "spring", edition)

    def advance(self, now: datetime = NOW, data: Path = Path(), rules: Rules = INTO_THE_INBOX) -> bool:
        """One look of the thread beside the tick."""
        return campaigns.advance(self.database, data, self.workspace, now, rules)

    def standing(self, now: datetime = NOW) -> CampaignStanding:
        with self.database.transaction() as tx:
            return campaigns.standing_of(tx, self.workspace, "spring", now)

    def hand_over(self, count: int = 100_000) -> None:
        """What delivery does, in short."""
        self.run(
            "UPDATE messages SET state = 'sent', sent_at = %(now)s WHERE id IN (SELECT id FROM messages"
            " WHERE state = 'queued' AND lane = 1 ORDER BY id LIMIT %(count)s)", now=NOW, count=count,
        )  # fmt: skip
