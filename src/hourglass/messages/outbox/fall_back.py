"""Another channel for what one could not bring: the same message goes on, and keeps what was tried before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("fall_back.sql"))
_PATIENCE = timedelta(minutes=10)

UNFIT = frozenset(
    {
        "address_missing", "address_invalid", "address_lookalike", "address_role", "address_disposable",
        "address_without_mail", "no_consent", "consent_withdrawn", "consent_unconfirmed", "suppressed",
        "refused", "address_refused", "refused_too_often", "no_provider",
    }
)  # fmt: skip
"""Reasons that speak against a channel or an address there, not against the message."""


class Instead(Struct, frozen=True):
    """What is tried when the channels before could not bring a message."""

    channel: str
    template: str


class Tried(Struct, frozen=True, kw_only=True):
    """A channel that could not bring a message, and why. `at`: when that was known."""

    channel: str
    template: str
    at: datetime
    reason: str
    detail: str | None = None
    address: str | None = None


def fall_back(tx: Transaction, messages: Collection[tuple[int, int]], now: datetime) -> int:
    """Queue those of these (workspace, id) for their next channel that their present one could not bring; how many."""
    if not messages:
        return 0
    workspaces, ids = zip(*messages, strict=True)
    known = {"workspace_ids": sorted(set(workspaces)), "ids": list(ids), "reasons": sorted(UNFIT)}
    return _next_channel(tx, _queries.tuples(tx, "unfit", **known), now)


def fall_back_bounced(tx: Transaction, bounced: Sequence[tuple[int, UUID, str]], now: datetime) -> int:
    """The same for messages (id, proof, channel) that came back for good, unless their run has ended early since."""
    if not bounced:
        return 0
    ids, proofs, channels = zip(*bounced, strict=True)
    found = _queries.tuples(tx, "bounced", ids=list(ids), proofs=list(proofs), channels=list(channels))
    return _next_channel(tx, found, now)


def fall_back_stuck(tx: Transaction, now: datetime) -> int:
    """The same for messages whose channel has no provider, or none that could be reached for ten minutes."""
    return _next_channel(tx, _queries.tuples(tx, "stuck", before=now - _PATIENCE, now=now), now)


def _next_channel(tx: Transaction, found: Sequence[tuple[int]], now: datetime) -> int:
    if not found:
        return 0
    going = _queries.execute(tx, "fall_back", ids=[row[0] for row in found], now=now)
    _queries.tuples(tx, "wake")
    return going
