"""A small shop for tests of messages: people, templates and what was queued for them, in a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import msgspec

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import ProfileId, RunId, WorkspaceId
from hourglass.messages import POLICY, TEMPLATE, OutboxRow, enqueue
from hourglass.postgres import Database, Transaction

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHOP = WorkspaceId(1)
KINDS = Kinds([TEMPLATE])
HELLO = {"kind": "template", "key": "hello", "subject": "Hello {{ profile.firstName }}", "html": "<p>Hi</p>"}


class Shop:
    """Writes what other stages would have written."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._runs = count(1)
        self.template(HELLO)

    def run(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """A statement of a test."""
        with self.database.transaction() as tx:
            cursor = tx.execute(sql.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def template(self, document: dict[str, Any]) -> None:
        """Save a template."""
        with self.database.transaction() as tx:
            definitions.put(tx, SHOP, {"kind": "template", **document}, kinds=KINDS, author="test", now=NOW)

    def policy(self, **rules: Any) -> None:
        """Save the policy of the workspace."""
        document = {"kind": "policy", "key": "default", **rules}
        with self.database.transaction() as tx:
            definitions.put(tx, SHOP, document, kinds=Kinds([POLICY]), author="test", now=NOW)

    def person(self, email: str | None = "anna@customers.example", consent: str | None = "news", **traits: Any) -> int:
        """A contact with a user id, and a yes to a topic."""
        [(profile_id,)] = self.run(
            "INSERT INTO profiles (workspace_id, known, email, traits, first_seen_at, last_seen_at)"
            " VALUES (1, true, %(email)s, %(traits)s::jsonb, %(now)s, %(now)s) RETURNING id",
            email=email, traits=msgspec.json.encode(traits).decode(), now=NOW,
        )  # fmt: skip
        self.run(
            "INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)"
            " VALUES (1, 'user_id', %(value)s, %(id)s, %(now)s)",
            value=f"u{profile_id}", id=profile_id, now=NOW,
        )  # fmt: skip
        if consent:
            self.consent(profile_id, consent, granted=True)
        return profile_id

    def consent(self, profile_id: int, topic: str, *, granted: bool, at: datetime = NOW) -> None:
        """A line of the consent ledger."""
        self.run(
            "INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
            " VALUES (1, %(id)s, 'email', %(topic)s, %(granted)s, %(at)s, 'test')",
            id=profile_id, topic=topic, granted=granted, at=at,
        )  # fmt: skip

    def row(self, profile_id: int, **changes: Any) -> OutboxRow:
        """A message as the engine would queue it."""
        told: dict[str, Any] = {
            "workspace_id": SHOP,
            "profile_id": ProfileId(profile_id),
            "run_id": RunId(next(self._runs)),
            "journey_id": 1,
            "step": "steps[0]",
            "channel": "email",
            "template": "hello",
            "topic": "news",
            "message_class": "marketing",
            "facts": {},
            "created_at": NOW,
            "not_before": NOW,
        }
        return OutboxRow(**told | changes)

    def queue(self, profile_id: int, **changes: Any) -> int:
        """Queue a message; its id."""
        row = self.row(profile_id, **changes)
        with self.database.transaction() as tx:
            enqueue(tx, [row])
        [(id_,)] = self.run(
            "SELECT id FROM messages WHERE run_id = %(run)s AND step = %(step)s", run=row.run_id, step=row.step
        )
        return id_

    def message(self, id_: int) -> dict[str, Any]:
        """The row of a message."""
        with self.database.transaction() as tx:
            return _row(tx, id_)

    def states(self) -> dict[str, int]:
        """How many messages are in each state."""
        return dict(self.run("SELECT state, count(*) FROM messages GROUP BY state"))  # type: ignore[arg-type]

    def events(self) -> list[dict[str, Any]]:
        """The events in the log, oldest first."""
        chunks = self.run("SELECT payload FROM event_log ORDER BY seq")
        return [envelope["e"] for (payload,) in chunks for envelope in msgspec.json.decode(payload)]


def _row(tx: Transaction, id_: int) -> dict[str, Any]:
    cursor = tx.execute(b"SELECT * FROM messages WHERE id = %s", [id_])
    names = [column.name for column in cursor.description or ()]
    row = cursor.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds; fails after a while."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never came true"
        await asyncio.sleep(0.01)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
