"""The engine beside a marketer's desk: what people do with their mails comes in by the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hourglass import campaigns, log
from hourglass.campaigns import CampaignReport
from hourglass.engine import EngineWorker
from hourglass.events import envelope
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import attribute
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW, SHOP, days


class Loop:
    """The engine beside the desk: events about messages come in by the log."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.worker = EngineWorker(
            desk.database, FixedClock(NOW + days(9)), Settings(database_url=desk.database.url, partitions=1)
        )
        self._count = 0

    def hear(self, name: str, person: int, at: timedelta, **more: Any) -> None:
        self.tell(name, person, at, **more)
        self.turn()

    def tell(self, name: str, person: int, at: timedelta, **more: Any) -> None:
        """An event about somebody's message waits in the log."""
        [(id_, proof)] = self.desk.run(
            "SELECT id, proof FROM messages WHERE profile_id = %(person)s AND send_id IS NOT NULL", person=person
        )
        self._count += 1
        body = {"type": "track", "event": name, "messageId": f"m{self._count}", "userId": f"u{person}",
                "timestamp": (NOW + at).isoformat(),
                "properties": {"message_id": id_, "proof": proof.hex, **more}}  # fmt: skip
        with self.desk.database.transaction() as tx:
            log.append(tx, SHOP, [envelope("track", body)], NOW + at, 1)

    def turn(self) -> None:
        """All that waits is worked through."""
        while not self.worker.once().idle:
            pass

    def buys(self, person: int, at: timedelta, revenue: int = 1000) -> None:
        self._count += 1
        self.desk.run(
            "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
            " currency) VALUES (1, %(id)s, 1, %(person)s, 'completed', %(at)s, %(at)s, %(revenue)s, 'EUR')",
            id=f"o{self._count}", person=person, at=NOW + at, revenue=revenue,
        )  # fmt: skip

    def report(self) -> CampaignReport:
        with self.desk.database.transaction() as tx:
            attribute(tx, self.desk.workspace, NOW, NOW + days(9))
            return campaigns.report(tx, self.desk.workspace, "spring", NOW + days(9))
