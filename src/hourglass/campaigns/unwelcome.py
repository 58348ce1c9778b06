"""Campaigns that people report as spam stop by themselves; a person decides whether they go on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog

from hourglass.campaigns.document import Campaign
from hourglass.campaigns.sends import Send, open_sends
from hourglass.kernel import WorkspaceId
from hourglass.messages import park, reputation_of, sends_to_stop
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
_say = structlog.get_logger(__name__)
_PROBLEM = "unwelcome"
_EMAIL = "email"


def stop_unwelcome(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """Pause what reached a complaint rate of 0.3 %; how many that was. What was resumed after that is left alone."""
    running = [
        one.id
        for one in open_sends(tx, workspace_id)
        if one.state == "sending" and not one.paused and one.problem != _PROBLEM
    ]
    stopped = sends_to_stop(tx, workspace_id, running)
    for send_id in stopped:
        _stop(tx, workspace_id, send_id)
    return len(stopped)


def stop_unwelcome_edition(
    tx: Transaction, workspace_id: WorkspaceId, one: Send, campaign: Campaign, now: datetime
) -> bool:
    """Pause an edition before it begins where a campaign sent by hand would be refused, once; whether it was."""
    if one.problem == _PROBLEM or _EMAIL not in campaign.channels or campaign.message_class != "marketing":
        return False
    if reputation_of(tx, workspace_id, now).state != "pause":
        return False
    _stop(tx, workspace_id, one.id)
    return True


def _stop(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> None:
    _queries.execute(tx, "pause", workspace_id=workspace_id, id=send_id)
    _queries.execute(tx, "complain", workspace_id=workspace_id, id=send_id, problem=_PROBLEM)
    park(tx, workspace_id, send_id)
    _say.warning("campaign_stopped_by_complaints", workspace=workspace_id, send=send_id)
