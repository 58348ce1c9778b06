"""Sends: one going out of a campaign each, an edition of one that repeats."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from psycopg.types.json import Jsonb

from hourglass.campaigns.choice.choice import CampaignChoice
from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.definitions import at_versions, find
from hourglass.kernel import Conflict, Workspace, WorkspaceId
from hourglass.messages import park
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("sends.sql"))
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
    choice: CampaignChoice | None = None
    """Which variant the rest gets, once that is known."""
    looked_at: datetime | None = None
    anyway: bool = False
    """It goes out even where the rules for bulk mail are not kept."""
    problem_words: dict[str, str] | None = None
    created_at: datetime

    @property
    def open(self) -> bool:
        """Whether something may still happen."""
        return self.state in ("scheduled", "sending", "cancelling")


def newest_send(
    tx: Transaction, workspace_id: WorkspaceId, campaign_id: int, edition: int | None = None
) -> Send | None:
    """The newest send of a campaign, or an edition; None when there is none."""
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    return _queries.one(tx, "last", Send, **place, edition=edition)


def last_send(tx: Transaction, workspace_id: WorkspaceId, key: str, edition: int | None = None) -> Send:
    """The newest send of a campaign, or an edition. Raises NotFound for a campaign, Conflict when there is none yet."""
    found = find(tx, workspace_id, CAMPAIGN.name, key)
    one = newest_send(tx, workspace_id, found.id, edition)
    if one is None:
        what = "was not sent yet" if edition is None else f"has no edition {edition}"
        raise Conflict(f"The campaign “{key}” {what}.")
    return one


def open_sends(tx: Transaction, workspace_id: WorkspaceId) -> list[Send]:
    """Everything that is on its way."""
    return _queries.rows(tx, "open_sends", Send, workspace_id=workspace_id)


def hold(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> Send | None:
    """The send as it stands, for this transaction alone; None while somebody else is at it."""
    return _queries.one(tx, "hold", Send, workspace_id=workspace_id, id=send_id)


def campaign_of(tx: Transaction, workspace: Workspace, one: Send) -> Campaign | None:
    """The document as it stood when it was sent, for this edition; None when the campaign was removed."""
    version = one.campaign_id, one.version
    body = at_versions(tx, workspace.id, {version}).get(version)
    if body is None:
        return None
    campaign = read_campaign(body)
    if one.occasion is None:
        return campaign
    return replace(campaign, schedule=campaign.schedule.on(one.occasion, workspace.tz()))


def pause_send(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> None:
    """Nothing more of it leaves, what waits in the outbox included."""
    _queries.execute(tx, "pause", workspace_id=workspace_id, id=send_id)
    park(tx, workspace_id, send_id)


def complain(
    tx: Transaction, workspace_id: WorkspaceId, send_id: int, problem: str, words: dict[str, str] | None = None
) -> None:
    """Note why it does not go on: a code, and words of its own where the code alone would not say enough."""
    told = {"problem": problem, "words": None if words is None else Jsonb(words)}
    _queries.execute(tx, "complain", workspace_id=workspace_id, id=send_id, **told)


def wake(tx: Transaction) -> None:
    """Something is to be done for a send, once this is committed."""
    _queries.tuples(tx, "notify")
