"""Sends: one going out of a campaign each; begun, paused, resumed and cancelled here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.campaigns.choice import Choice
from hourglass.campaigns.document import Campaign, read_campaign
from hourglass.campaigns.doubts import missing
from hourglass.campaigns.kind import CAMPAIGN
from hourglass.definitions import at_versions, find
from hourglass.kernel import Conflict, Malformed, Workspace, WorkspaceId
from hourglass.messages import park, unpark, withhold_send
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
State = Literal["scheduled", "sending", "cancelling", "finished", "cancelled"]


class Send(Struct, frozen=True, kw_only=True):
    """One going out. `scheduled`: nobody is fixed yet; `cancelling`: the rest is being noted as not sent."""

    id: int
    campaign_id: int
    version: int
    state: State
    paused: bool
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    recipients: int
    totals: dict[str, int]
    problem: str | None
    edition: int = 1
    occasion: datetime | None = None
    """Of a series: the moment of its schedule."""
    choice: Choice | None = None
    """Which variant the rest gets, once that is known."""
    looked_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether something may still happen."""
        return self.state in ("scheduled", "sending", "cancelling")


def send(tx: Transaction, workspace: Workspace, key: str, author: str, now: datetime) -> Send:
    """Let a campaign go out by its schedule. Raises NotFound, Malformed for what it lacks, Conflict if it went out."""
    found = find(tx, workspace.id, CAMPAIGN.name, key)
    if found.state in ("draft", "archived"):
        raise Conflict(f"The campaign “{key}” is {'a draft' if found.state == 'draft' else 'archived'}.")
    campaign = read_campaign(found.body)
    for doubt in missing(tx, workspace.id, campaign):
        raise Malformed(doubt.message, path=doubt.path)
    last = _queries.one(tx, "last", Send, workspace_id=workspace.id, campaign_id=found.id)
    if last is not None and last.state != "cancelled":
        when = "is going out" if last.open else f"went out on {last.started_at:%Y-%m-%d}"
        raise Conflict(f"The campaign “{key}” {when}; a copy under another key can go out again.", state=last.state)
    _queries.execute(
        tx,
        "begin",
        workspace_id=workspace.id,
        campaign_id=found.id,
        version=found.version,
        author=author,
        now=now,
        due_at=campaign.schedule.begins(workspace.tz(), now),
    )
    _queries.tuples(tx, "notify")
    return last_send(tx, workspace.id, key)


def pause(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Send:
    """Nothing more leaves until it is resumed; what is being handed over at this moment does."""
    one = _open(tx, workspace_id, key)
    _queries.execute(tx, "pause", workspace_id=workspace_id, id=one.id)
    park(tx, workspace_id, one.id)
    return last_send(tx, workspace_id, key)


def resume(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Send:
    """It goes on where it stood."""
    one = _open(tx, workspace_id, key)
    _queries.execute(tx, "resume", workspace_id=workspace_id, id=one.id)
    unpark(tx, workspace_id, one.id)
    _queries.tuples(tx, "notify")
    return last_send(tx, workspace_id, key)


def cancel(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Send:
    """Nothing more leaves; who did not get it is noted with the reason. What left stays in the report."""
    one = _open(tx, workspace_id, key)
    _queries.execute(tx, "cancel", workspace_id=workspace_id, id=one.id)
    withhold_send(tx, workspace_id, one.id, "campaign_cancelled")
    _queries.tuples(tx, "notify")
    return last_send(tx, workspace_id, key)


def last_send(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Send:
    """The newest send of a campaign. Raises NotFound for a campaign, Conflict for a send that does not exist."""
    found = find(tx, workspace_id, CAMPAIGN.name, key)
    one = _queries.one(tx, "last", Send, workspace_id=workspace_id, campaign_id=found.id)
    if one is None:
        raise Conflict(f"The campaign “{key}” was not sent yet.")
    return one


def open_sends(tx: Transaction, workspace_id: WorkspaceId) -> list[Send]:
    """Everything that is on its way."""
    return _queries.rows(tx, "open_sends", Send, workspace_id=workspace_id)


def hold(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> Send | None:
    """The send as it stands, for this transaction alone; None while somebody else is at it."""
    return _queries.one(tx, "hold", Send, workspace_id=workspace_id, id=send_id)


def campaign_of(tx: Transaction, workspace_id: WorkspaceId, one: Send) -> Campaign | None:
    """The document as it stood when it was sent; None when the campaign was removed."""
    body = at_versions(tx, workspace_id, {(one.campaign_id, one.version)}).get((one.campaign_id, one.version))
    return None if body is None else read_campaign(body)


def _open(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Send:
    one = last_send(tx, workspace_id, key)
    if not one.open:
        raise Conflict(f"The campaign “{key}” is {one.state} already.", state=one.state)
    return one
