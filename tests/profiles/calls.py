"""Calls of a shop as canonical events, and what a tick does with them for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hourglass import profiles
from hourglass.events import Event
from hourglass.kernel import WorkspaceId, fingerprint
from hourglass.postgres import Database, Transaction

SHOP = WorkspaceId(1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def moment(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def call(kind: str, minutes: float = 0, *, name: str = "Page Viewed", **fields: Any) -> Event:
    said = repr((kind, minutes, name, sorted(fields.items())))
    values: dict[str, Any] = {"user_id": None, "anonymous_id": None, "previous_id": None, "group_id": None}
    values |= {"traits": {}, "properties": {}, "context": {}} | fields
    return Event(
        kind=kind,  # type: ignore[arg-type]
        name=name,
        message_id=said,
        id=fingerprint(said),
        at=moment(minutes),
        received_at=moment(minutes),
        historical=False,
        currency="EUR",
        **values,
    )


def identify(minutes: float = 0, user: str | None = None, device: str | None = None, **traits: Any) -> Event:
    return call("identify", minutes, name="Profile Identified", user_id=user, anonymous_id=device, traits=traits)


def track(
    minutes: float = 0, user: str | None = None, device: str | None = None, event: str = "Product Viewed", **told: Any
) -> Event:
    return call("track", minutes, name=event, user_id=user, anonymous_id=device, properties=told)


def alias(minutes: float, previous: str, user: str) -> Event:
    return call("alias", minutes, name="Alias Stated", previous_id=previous, user_id=user)


def happen(tx: Transaction, events: Sequence[Event], memory: profiles.Memory | None = None) -> profiles.People:
    """A tick, as far as people are concerned: resolved, told, and the events kept."""
    now = moment(100_000)
    people = profiles.resolve(events, tx, SHOP, now, memory)
    profiles.apply(events, people, tx, SHOP, now)
    for event, identity in zip(events, people.identity_ids, strict=True):
        tx.execute(
            "INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, properties)"
            " VALUES (1, %s, 1, %s, (SELECT count(*) FROM events), %s, '{}')",
            [identity, event.at, event.id],
        )
    return people


def live(database: Database, *batches: Sequence[Event]) -> None:
    for batch in batches:
        with database.transaction() as tx:
            happen(tx, batch)


def groups(tx: Transaction) -> set[frozenset[tuple[str, str]]]:
    """Who is one person with whom, by identifier."""
    rows = tx.execute("SELECT profile_id, array_agg(kind || ':' || value) FROM identities GROUP BY 1").fetchall()
    return {frozenset(tuple(name.split(":", 1)) for name in names) for _, names in rows}  # type: ignore[misc]


def people_of(database: Database) -> set[frozenset[tuple[str, str]]]:
    with database.transaction() as tx:
        return groups(tx)


def person(*names: str) -> frozenset[tuple[str, str]]:
    """`person("u:1", "a:x")`: kinds by their first letter."""
    kinds = {"u": "user_id", "e": "email", "p": "phone", "a": "anonymous_id"}
    return frozenset((kinds[name[0]], name[2:]) for name in names)


def portrait(tx: Transaction) -> dict[frozenset[tuple[str, str]], tuple[Any, ...]]:
    """Everything known per person, keyed by identifiers instead of ids."""
    rows = tx.execute(
        "SELECT p.known, p.email, p.phone, p.traits, p.events,"
        " CASE WHEN p.events > 0 THEN p.first_seen_at END, CASE WHEN p.events > 0 THEN p.last_seen_at END,"
        " (SELECT array_agg(i.kind || ':' || i.value) FROM identities i WHERE i.profile_id = p.id) AS names"
        " FROM profiles p WHERE p.merged_into IS NULL"
    ).fetchall()
    return {frozenset(tuple(name.split(":", 1)) for name in row[-1]): row[:-1] for row in rows}  # type: ignore[misc]


def batches_of(events: Sequence[Event], size: int) -> Iterable[Sequence[Event]]:
    return (events[start : start + size] for start in range(0, len(events), size))
