"""What became of the messages of sends: of those that go on, and of one that is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("send.sql"))


class SendGroup(Struct, frozen=True, kw_only=True):
    """Messages of a send in one state. `reason`: what queued ones wait for; `lately`: how many of them left lately."""

    send_id: int
    state: str
    reason: str | None
    messages: int
    lately: int


def send_states(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> dict[str, int]:
    """How many messages are in which state."""
    return dict(_queries.tuples(tx, "states", workspace_id=workspace_id, send_id=send_id))


def send_progress(tx: Transaction, workspace_id: WorkspaceId, ids: Iterable[int], since: datetime) -> list[SendGroup]:
    """How far these sends are; `since` is when lately begins."""
    wanted = list(ids)
    if not wanted:
        return []
    return _queries.rows(tx, "progress", SendGroup, workspace_id=workspace_id, ids=wanted, since=since)


class SendOutcome(Struct, frozen=True, kw_only=True):
    """Messages of a send from one place of its document, in one state for one reason, and what is known of them."""

    step: str
    state: str
    reason: str | None
    messages: int
    delivered: int
    opened: int
    clicked: int
    bounced: int
    complained: int
    unsubscribed: int


def send_outcomes(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> list[SendOutcome]:
    """Everything about the messages of a send, counted."""
    return _queries.rows(tx, "outcomes", SendOutcome, workspace_id=workspace_id, send_id=send_id)


class SendTotals(Struct, frozen=True, kw_only=True):
    """All that is known of the messages of one send."""

    send_id: int
    sent: int = 0
    opened: int = 0
    clicked: int = 0
    complained: int = 0
    unsubscribed: int = 0


def send_totals(tx: Transaction, workspace_id: WorkspaceId, ids: Iterable[int]) -> list[SendTotals]:
    """Of each of these sends that has messages."""
    return _queries.rows(tx, "totals", SendTotals, workspace_id=workspace_id, ids=list(ids))


class SendMoment(Struct, frozen=True, kw_only=True):
    """How many messages of a send left, and were opened, clicked or unsubscribed from, within an hour or a day."""

    at: datetime
    sent: int
    opened: int
    clicked: int
    unsubscribed: int


def send_course(
    tx: Transaction, workspace: Workspace, send_id: int, until: datetime, step: Literal["hour", "day"]
) -> list[SendMoment]:
    """In order; hours and days in which nothing happened are left out."""
    return _queries.rows(
        tx,
        "course",
        SendMoment,
        workspace_id=workspace.id,
        send_id=send_id,
        until=until,
        step=step,
        zone=workspace.zone,
    )
