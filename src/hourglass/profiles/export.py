"""A copy of everything that is known about a person, for the person: GDPR article 15, 152-FZ article 14."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.person import family, look

_queries = Queries(Path(__file__).with_name("export.sql"))
_ROWS = (
    "orders",
    "carts",
    "messages",
    "runs",
    "consents",
    "consent_requests",
    "wishes",
    "links",
    "moves",
    "suppressions",
)


def export(tx: Transaction, workspace: Workspace, profile_id: int, now: datetime) -> dict[str, Any]:
    """Everything as plain JSON: who they are, what they did, what was said to them and why. Raises NotFound."""
    person = look(tx, workspace, profile_id)
    here = {"workspace_id": workspace.id, "profiles": family(tx, workspace.id, person.id)}
    events = [
        {"at": at, "event": name, "properties": properties, "identifier": said_by}
        for at, name, properties, said_by in _queries.tuples(tx, "events", **here)
    ]
    known = msgspec.to_builtins(person, builtin_types=(datetime,))
    about = {key: value for key, value in known.items() if key not in {"orders", "carts", "consents"}}
    rows = {name: [row[0] for row in _queries.tuples(tx, name, **here)] for name in _ROWS}
    return {"exported_at": now, "workspace": workspace.key, "person": about, "events": events, **rows}
