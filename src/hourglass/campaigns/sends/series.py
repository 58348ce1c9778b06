"""Campaigns that repeat: each occasion of the schedule becomes an edition, or is missed, and none comes twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import structlog
from msgspec import Struct

from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.definitions import Definition, list_all
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("series.sql"))
_say = structlog.get_logger(__name__)
_LOOKED_BACK = timedelta(days=7)
"""Occasions of an outage before that are not even counted."""
SeriesState = Literal["running", "paused", "over"]
_BEFORE: Mapping[SeriesState, tuple[SeriesState, ...]] = {
    "paused": ("running",),
    "running": ("paused",),
    "over": ("running", "paused"),
}
"""What it has to be to become so."""


class Series(Struct, frozen=True, kw_only=True):
    """A campaign that repeats. `upto`: occasions until then are dealt with; `missed`: those that nobody could keep."""

    campaign_id: int
    state: SeriesState
    author: str
    upto: datetime
    editions: int
    missed: int
    anyway: bool = False
    """Its editions go out even where the rules for bulk mail are not kept."""


def begin_series(
    tx: Transaction, workspace: Workspace, campaign_id: int, author: str, now: datetime, *, anyway: bool = False
) -> bool:
    """From now on each occasion is an edition; False when it is so already."""
    place = {"workspace_id": workspace.id, "campaign_id": campaign_id}
    return bool(_queries.execute(tx, "begin", **place, author=author, now=now, anyway=anyway))


def series_of(tx: Transaction, workspace_id: WorkspaceId) -> dict[int, Series]:
    """All that there are, by campaign."""
    return {one.campaign_id: one for one in _queries.rows(tx, "all", Series, workspace_id=workspace_id)}


def turn_series(tx: Transaction, workspace_id: WorkspaceId, campaign_id: int, becomes: SeriesState) -> bool:
    """Pause it, let it go on or end it; whether it was what it had to be."""
    was = list(_BEFORE[becomes])
    place = {"workspace_id": workspace_id, "campaign_id": campaign_id}
    return bool(_queries.execute(tx, "turn", **place, was=was, becomes=becomes))


def next_occasion(series: Series, campaign: Campaign, workspace: Workspace) -> datetime | None:
    """When the next edition is due; None when there is none any more."""
    schedule = campaign.schedule
    if schedule.count is not None and series.editions >= schedule.count:
        return None
    return schedule.occasion_after(series.upto, workspace.tz())


def begin_editions(tx: Transaction, workspace: Workspace, now: datetime) -> None:
    """Make an edition of the latest occasion of each series that has come, if it is not too late for it."""
    running = _queries.rows(tx, "hold_running", Series, workspace_id=workspace.id)
    if not running:
        return
    campaigns = {one.id: one for one in list_all(tx, workspace.id, CAMPAIGN.name)}
    for one in running:
        found = campaigns.get(one.campaign_id)
        campaign = None if found is None or found.state not in ("live", "paused") else read_campaign(found.body)
        if found is None or campaign is None or campaign.schedule.rhythm is None:
            turn_series(tx, workspace.id, one.campaign_id, "over")
        else:
            _begin_edition(tx, workspace, one, found, campaign, now)


def _begin_edition(
    tx: Transaction, workspace: Workspace, one: Series, found: Definition, campaign: Campaign, now: datetime
) -> None:
    place = {"workspace_id": workspace.id, "campaign_id": one.campaign_id}
    come = _come(one, campaign, workspace, now)
    if come:
        on_time = one.state == "running" and now - come[-1] <= campaign.schedule.grace
        if on_time:
            told = {"version": found.version, "author": one.author, "anyway": one.anyway}
            _queries.execute(tx, "begin_edition", **place, **told, now=now, occasion=come[-1])
        missed = len(come) - on_time
        _queries.execute(tx, "dealt_with", **place, upto=come[-1], editions=int(on_time), missed=missed)
        _say.info("campaign_occasion", workspace=workspace.id, campaign=campaign.key, sent=on_time, missed=missed)
        one = _queries.rows(tx, "one", Series, **place)[0]
    if next_occasion(one, campaign, workspace) is None:
        turn_series(tx, workspace.id, one.campaign_id, "over")


def _come(one: Series, campaign: Campaign, workspace: Workspace, now: datetime) -> list[datetime]:
    """Occasions since the last one that was dealt with."""
    schedule, found = campaign.schedule, list[datetime]()
    if schedule.count is not None and one.editions >= schedule.count:
        return found
    since = max(one.upto, now - max(_LOOKED_BACK, schedule.grace))
    following = schedule.occasion_after(since, workspace.tz())
    while following is not None and following <= now:
        found.append(following)
        following = schedule.occasion_after(following, workspace.tz())
    return found
