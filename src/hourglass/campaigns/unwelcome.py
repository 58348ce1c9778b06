"""Campaigns that people report as spam stop by themselves; a person decides whether they go on."""

from __future__ import annotations

from pathlib import Path

import structlog

from hourglass.campaigns.sends import open_sends
from hourglass.kernel import WorkspaceId
from hourglass.messages import park, sends_to_stop
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
_say = structlog.get_logger(__name__)
_PROBLEM = "unwelcome"


def stop_unwelcome(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """Pause what reached a complaint rate of 0.3 %; how many that was. What was resumed after that is left alone."""
    running = [
        one.id
        for one in open_sends(tx, workspace_id)
        if one.state == "sending" and not one.paused and one.problem != _PROBLEM
    ]
    stopped = sends_to_stop(tx, workspace_id, running)
    for send_id in stopped:
        _queries.execute(tx, "pause", workspace_id=workspace_id, id=send_id)
        _queries.execute(tx, "complain", workspace_id=workspace_id, id=send_id, problem=_PROBLEM)
        park(tx, workspace_id, send_id)
        _say.warning("campaign_stopped_by_complaints", workspace=workspace_id, send=send_id)
    return len(stopped)
