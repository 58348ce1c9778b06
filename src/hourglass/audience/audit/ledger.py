"""What audits found is kept, and can be put right: whoever is in the wrong place is asked again by the next tick."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from psycopg.types.json import Jsonb

from hourglass.audience.audit.audit import AuditReport
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("audit.sql"))


def note_audit(tx: Transaction, workspace_id: WorkspaceId, report: AuditReport) -> None:
    """Keep it; audits of more than a year ago go."""
    _queries.execute(
        tx,
        "note",
        workspace_id=workspace_id,
        at=report.at,
        wrong=report.wrong,
        report=Jsonb(msgspec.to_builtins(report)),
    )


def last_audit(tx: Transaction, workspace_id: WorkspaceId) -> AuditReport | None:
    """The latest one, or None before the first."""
    found = _queries.scalar(tx, "last", workspace_id=workspace_id)
    return None if found is None else msgspec.convert(found, AuditReport)


def mend_members(tx: Transaction, workspace_id: WorkspaceId, report: AuditReport, now: datetime) -> int:
    """Have those people asked again; how many they are."""
    people = sorted({one.person for one in report.differences})
    return _queries.execute(tx, "recheck", workspace_id=workspace_id, people=people, now=now) if people else 0
