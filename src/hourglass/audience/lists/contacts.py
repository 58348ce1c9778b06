"""Contacts that an import makes: by the door that all events take, so identity rules hold. No consent comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hourglass import log
from hourglass.audience.lists.change import OpenChange
from hourglass.events import EVENT_LIMIT, envelope
from hourglass.kernel import WorkspaceId, digest
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVENT_FIELDS

_queries = Queries(Path(__file__).with_name("lists.sql"))
_ADDRESSES = ("email", "phone")
_NO_DEVICE = "anonymous"
"""A call must name a user or a device; this placeholder is known for one and ties nobody to anybody."""


class Contacts:
    """Collects contacts of one change and sends them a block at a time."""

    def __init__(
        self, tx: Transaction, workspace_id: WorkspaceId, change: OpenChange, now: datetime, partitions: int
    ) -> None:
        self._tx = tx
        self._workspace_id = workspace_id
        self._change = change
        self._now = now
        self._partitions = partitions
        self._envelopes: list[bytes] = []
        self._names: list[tuple[str, str]] = []
        self.made = 0

    def make(self, names: Sequence[tuple[str, str]], traits: Mapping[str, Any]) -> str | None:
        """Remember one, the strongest name first, in normal form; or the reason why it cannot be."""
        body = _identify(names, traits, self._now)
        if body is None:
            return "unknown"
        body["messageId"] = f"list-{digest(str(self._change.id), *names[0]).hex}"
        sealed = envelope("identify", body, historical=True)
        if len(sealed) > EVENT_LIMIT:
            return "too_large"
        self._envelopes.append(sealed)
        self._names.append(names[0])
        self.made += 1
        return None

    def send(self) -> None:
        """Into the log with them; the tick that processes them puts them on the list."""
        if not self._envelopes:
            return
        place = {"workspace_id": self._workspace_id, "list_id": self._change.list_id, "change_id": self._change.id}
        kinds, values = map(list, zip(*self._names, strict=True))
        _queries.execute(self._tx, "await", **place, kinds=kinds, values=values, now=self._now)
        log.append(self._tx, self._workspace_id, self._envelopes, self._now, self._partitions)
        self._envelopes, self._names = [], []


def _identify(names: Sequence[tuple[str, str]], traits: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """The call that makes the contact; None when nothing in it makes one."""
    body: dict[str, Any] = {"timestamp": now.isoformat(), "traits": dict(traits)}
    for kind, value in reversed(names):
        if kind in EVENT_FIELDS:
            body[EVENT_FIELDS[kind]] = value
        elif kind in _ADDRESSES:
            body["traits"][kind] = value
        else:
            return None
    if not body.keys() & set(EVENT_FIELDS.values()):
        body["anonymousId"] = _NO_DEVICE
    return body if any(kind != "anonymous_id" for kind, _ in names) else None
