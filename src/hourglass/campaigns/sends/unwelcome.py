"""Campaigns that people report as spam stop by themselves; a person decides whether they go on."""

from __future__ import annotations

import structlog

from hourglass.campaigns.sends.problems import UNWELCOME
from hourglass.campaigns.sends.sends import complain, open_sends, pause_send
from hourglass.kernel import WorkspaceId
from hourglass.messages import sends_to_stop
from hourglass.postgres import Transaction

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
    pause_send(tx, workspace_id, send_id)
    complain(tx, workspace_id, send_id, problem, words)
    _say.warning("campaign_stopped", workspace=workspace_id, send=send_id, problem=problem)
