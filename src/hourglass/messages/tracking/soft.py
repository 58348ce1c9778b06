"""Soft bounces add up: an address that takes nothing for weeks is suppressed, until its person reads mail again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.policy.standing import standing
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("soft.sql"))

PASSES = (None, "full", "later", "unclear")
"""Sorts of bounces that speak about the address; the others (policy, content, challenge) are about us or the mail."""


class Soft(Struct, frozen=True):
    """One piece of news: the message, the proof that the news is ours, and the moment."""

    id: int
    proof: UUID
    at: datetime


def add_up(tx: Transaction, bounces: Sequence[Soft]) -> int:
    """Note them, and suppress the addresses that have had enough of them in a row; how many were suppressed.

    In a row: no message was delivered or opened by a person in between. What the policy says of `soft_bounces` counts.
    """
    if not bounces:
        return 0
    concerned = {row[0] for row in _queries.tuples(tx, "note", **_columns(bounces))}
    rules = {one: standing(tx, WorkspaceId(one)).soft_bounces for one in sorted(concerned)}
    strict = {one: rule for one, rule in rules.items() if rule is not None}
    if not strict:
        return 0
    return _queries.execute(
        tx,
        "suppress",
        **_columns(bounces),
        workspace_ids=list(strict),
        most=[rule.messages for rule in strict.values()],
        spans=[rule.length for rule in strict.values()],
        details=[rule.words() for rule in strict.values()],
    )


def read_again(tx: Transaction, opens: Sequence[Soft]) -> int:
    """Whoever opens or clicks after soft bounces had suppressed their address reads their mail; how many are freed."""
    return _queries.execute(tx, "release", **_columns(opens)) if opens else 0


def _columns(news: Sequence[Soft]) -> dict[str, list[object]]:
    return {
        "ids": [one.id for one in news],
        "proofs": [one.proof for one in news],
        "ats": [one.at for one in news],
    }
