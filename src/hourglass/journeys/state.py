"""Pausing, resuming and archiving a journey, without a new version of its document."""

from __future__ import annotations

from datetime import datetime

from hourglass.definitions import find, set_state
from hourglass.journeys.document import JOURNEY
from hourglass.journeys.report import JourneyReport, report
from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Transaction


def pause(tx: Transaction, workspace_id: WorkspaceId, key: str, now: datetime) -> JourneyReport:
    """Nobody enters, and those inside stand still. Raises NotFound, Conflict."""
    if find(tx, workspace_id, JOURNEY.name, key).state != "live":
        raise Conflict(f"The journey “{key}” is not live.")
    set_state(tx, workspace_id, JOURNEY.name, key, "paused", now)
    return _standing(tx, workspace_id, key)


def resume(tx: Transaction, workspace_id: WorkspaceId, key: str, now: datetime) -> JourneyReport:
    """People enter again, and those inside go on from where they stood. Raises NotFound, Conflict."""
    if find(tx, workspace_id, JOURNEY.name, key).state != "paused":
        raise Conflict(f"The journey “{key}” is not paused.")
    set_state(tx, workspace_id, JOURNEY.name, key, "live", now)
    return _standing(tx, workspace_id, key)


def archive(tx: Transaction, workspace_id: WorkspaceId, key: str, now: datetime) -> JourneyReport:
    """Put away for good: those inside leave it, and what it had not sent yet stays here. Raises NotFound."""
    set_state(tx, workspace_id, JOURNEY.name, key, "archived", now)
    return _standing(tx, workspace_id, key)


def _standing(tx: Transaction, workspace_id: WorkspaceId, key: str) -> JourneyReport:
    return next(one for one in report(tx, workspace_id) if one.key == key)
