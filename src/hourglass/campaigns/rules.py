"""Before a campaign goes out to many: the rules of the large mailboxes, and whether people still like our mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.campaigns.document import read_campaign
from hourglass.campaigns.kind import CAMPAIGN
from hourglass.definitions import find
from hourglass.kernel import Conflict, Settings, Workspace, WorkspaceId
from hourglass.messages import (
    BULK,
    DomainReport,
    bulk_readiness,
    leaves_this_machine,
    look_at_mail,
    reputation_of,
)
from hourglass.postgres import Database, Queries

_queries = Queries(Path(__file__).with_name("queries.sql"))
_EMAIL = "email"
Look = Callable[[Database, WorkspaceId, Settings, datetime], DomainReport]


def refuse_unready(
    database: Database, workspace: Workspace, key: str, settings: Settings, now: datetime, look: Look = look_at_mail
) -> None:
    """Raises Conflict, with every problem and what to do about it, where the rules say that it must not go out."""
    with database.transaction() as tx:
        campaign = read_campaign(find(tx, workspace.id, CAMPAIGN.name, key).body)
        place = {"workspace_id": workspace.id, "segment": campaign.segment}
        recipients: int = _queries.scalar(tx, "reaches", **place, most=BULK) or 0
        reputation = reputation_of(tx, workspace.id, now)
    if _EMAIL not in campaign.channels:
        return
    many = recipients >= BULK and leaves_this_machine(settings)
    report = look(database, workspace.id, settings, now) if many else None
    marketing = campaign.message_class == "marketing"
    told = bulk_readiness(report, reputation, recipients=recipients, marketing=marketing)
    if not told.ready:
        stops = [one for one in told.problems if one.stops]
        words = " ".join(f"{one.words['en'].rstrip('.')}." for one in stops)
        raise Conflict(f"The campaign “{key}” must not go out yet. {words}", problems=msgspec.to_builtins(stops))
