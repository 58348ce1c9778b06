"""How many a campaign goes to, as far as somebody knows before it does."""

from __future__ import annotations

from pathlib import Path

from hourglass.campaigns.documents.document import Campaign
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("reach.sql"))


def reaches(tx: Transaction, workspace_id: WorkspaceId, campaign: Campaign, most: int) -> int:
    """Members of its segment, counted no further than `most`; for a condition everybody with an address."""
    return _queries.scalar(tx, "reaches", workspace_id=workspace_id, segment=campaign.segment, most=most) or 0
