"""What a person does with a campaign: let it go, pause it, let it go on, cancel it; all of it or one edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.campaigns.documents.document import read_campaign
from hourglass.campaigns.documents.doubts import missing
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.campaigns.sends.sends import Send, last_send, newest_send, open_sends, pause_send, wake
from hourglass.campaigns.sends.series import SeriesState, begin_series, turn_series
from hourglass.definitions import find
from hourglass.kernel import Conflict, Malformed, Workspace, WorkspaceId
from hourglass.messages import unpark, withhold_send
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("steer.sql"))


def send(tx: Transaction, workspace: Workspace, key: str, author: str, now: datetime, *, anyway: bool = False) -> None:
    """Let a campaign go out by its schedule. Raises NotFound, Malformed for what it lacks, Conflict if it went out.

    `anyway`: when its time comes, the rules for bulk mail are not asked again.
    """
    found = find(tx, workspace.id, CAMPAIGN.name, key)
    if found.state in ("draft", "archived"):
        raise Conflict(f"The campaign “{key}” is {'a draft' if found.state == 'draft' else 'archived'}.")
    campaign = read_campaign(found.body)
    for doubt in missing(tx, workspace.id, campaign):
        raise Malformed(doubt.message, path=doubt.path)
    place = {"workspace_id": workspace.id, "campaign_id": found.id}
    last = newest_send(tx, workspace.id, found.id)
    if campaign.schedule.rhythm is not None:
        if (last is not None and last.open) or not begin_series(tx, workspace, found.id, author, now, anyway=anyway):
            raise Conflict(f"The campaign “{key}” is going out already.")
    else:
        if last is not None and last.state != "cancelled":
            raise Conflict(f"The campaign “{key}” {_why_not_again(last)}.", state=last.state)
        due_at = campaign.schedule.begins(workspace.tz(), now)
        told = {"version": found.version, "author": author, "anyway": anyway}
        if not _queries.execute(tx, "begin", **place, **told, now=now, due_at=due_at):
            raise Conflict(f"The campaign “{key}” is going out already.", state="scheduled")  # another was quicker
    wake(tx)


def pause(tx: Transaction, workspace_id: WorkspaceId, key: str, edition: int | None = None) -> None:
    """Nothing more leaves until it is resumed; what is being handed over at this moment does.

    Of a campaign that repeats the occasions pass by meanwhile, unless one edition alone is named.
    """
    for one in _aimed(tx, workspace_id, key, edition, "paused"):
        pause_send(tx, workspace_id, one.id)


def resume(tx: Transaction, workspace_id: WorkspaceId, key: str, edition: int | None = None) -> None:
    """It goes on where it stood."""
    for one in _aimed(tx, workspace_id, key, edition, "running"):
        _queries.execute(tx, "resume", workspace_id=workspace_id, id=one.id)
        unpark(tx, workspace_id, one.id)
    wake(tx)


def cancel(tx: Transaction, workspace_id: WorkspaceId, key: str, edition: int | None = None) -> None:
    """Nothing more leaves; who did not get it is noted with the reason. What left stays in the report."""
    for one in _aimed(tx, workspace_id, key, edition, "over"):
        _queries.execute(tx, "cancel", workspace_id=workspace_id, id=one.id)
        withhold_send(tx, workspace_id, one.id, "campaign_cancelled")
    wake(tx)


def _why_not_again(last: Send) -> str:
    if last.state == "cancelling":
        return "is being cancelled; send it again in a moment"
    when = "is going out" if last.open else f"went out on {last.started_at:%Y-%m-%d}"
    return f"{when}; a copy under another key can go out again"


def _aimed(
    tx: Transaction, workspace_id: WorkspaceId, key: str, edition: int | None, becomes: SeriesState
) -> list[Send]:
    """What goes on of it, or the edition named; its series is turned, if all is meant. Raises Conflict for nothing."""
    found = find(tx, workspace_id, CAMPAIGN.name, key)
    if edition is None:
        sends = [one for one in open_sends(tx, workspace_id) if one.campaign_id == found.id]
        turned = turn_series(tx, workspace_id, found.id, becomes)
    else:
        sends, turned = [last_send(tx, workspace_id, key, edition)], False
    going = [one for one in sends if one.open]
    if not going and not turned:
        state = last_send(tx, workspace_id, key, edition).state
        raise Conflict(f"The campaign “{key}” is {state} already.", state=state)
    return going
