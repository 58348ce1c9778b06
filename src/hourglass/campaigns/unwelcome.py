"""Campaigns that people report as spam stop by themselves; a person decides whether they go on."""

from __future__ import annotations

from pathlib import Path

import structlog
from psycopg.types.json import Jsonb

from hourglass.campaigns.problems import UNWELCOME
from hourglass.campaigns.sends import open_sends
from hourglass.kernel import WorkspaceId
from hourglass.messages import park, sends_to_stop
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
_say = structlog.get_logger(__name__)


def stop_unwelcome(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """Pause what reached a complaint rate of 0.3 %; how many that was. What was resumed after that is left alone."""
    running = [
        one.id
        for one in open_sends(tx, workspace_id)
        if one.state == "sending" and not one.paused and one.problem != UNWELCOME
    ]
    stopped = sends_to_stop(tx, workspace_id, running)
    for send_id in stopped:
        stop_send(tx, workspace_id, send_id, UNWELCOME)
    return len(stopped)


def stop_send(
    tx: Transaction, workspace_id: WorkspaceId, send_id: int, problem: str, words: dict[str, str] | None = None
) -> None:
    """Pause it until a person says that it may go on."""
    told = {"problem": problem, "words": None if words is None else Jsonb(words)}
    _queries.execute(tx, "pause", workspace_id=workspace_id, id=send_id)
    _queries.execute(tx, "complain", workspace_id=workspace_id, id=send_id, **told)
    park(tx, workspace_id, send_id)
    _say.warning("campaign_stopped", workspace=workspace_id, send=send_id, problem=problem)
