"""How campaigns stand: what is done, what waits and for what, and when the last message will have left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hourglass.campaigns.choice.choice import CampaignChoice
from hourglass.campaigns.choice.words import words_of_choice
from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.campaigns.sends.problems import words_of_problem
from hourglass.campaigns.sends.sends import Send, newest_send
from hourglass.campaigns.sends.series import Series, next_occasion, series_of
from hourglass.definitions import Definition, find, list_all
from hourglass.kernel import Workspace
from hourglass.messages import ReasonCount, SendGroup, send_progress, words_of
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("standing.sql"))
_LATELY = timedelta(minutes=1)
_WAITING = ("queued", "claimed")
_GOING = ("scheduled", "sending", "paused", "cancelling")


class CampaignStanding(Struct, frozen=True, kw_only=True):
    """A campaign and its last send.

    `state`: draft, archived, ready (never sent), scheduled, sending, paused, cancelling, finished, cancelled, or
    repeating: the next edition is waited for.
    `waiting`: recipients without a final state; `per_minute`: messages that left in the last minute.
    """

    key: str
    name: str
    channel: str
    segment: str | None
    state: str
    due_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    recipients: int = 0
    sent: int = 0
    withheld: int = 0
    failed: int = 0
    unknown: int = 0
    waiting: int = 0
    per_minute: int = 0
    ready_at: datetime | None = None
    """When it will be finished if it goes on like in the last minute."""
    waits_for: list[ReasonCount] = []
    problem: dict[str, str] | None = None
    """Why it does not go on, in words."""
    for_winner: int = 0
    """Recipients who wait for the winner of the test."""
    for_hour: int = 0
    """Recipients whose hour has not come yet."""
    last_due_at: datetime | None = None
    """When it comes for the last of them."""
    edition: int | None = None
    """Of a campaign that repeats, which edition this is; null before the first."""
    next_at: datetime | None = None
    """When its next edition is due."""
    missed: int = 0
    """Occasions that were not kept: nobody was there, or it was paused."""
    choice: CampaignChoice | None = None
    choice_words: dict[str, str] | None = None


class _ToCome(Struct, frozen=True, kw_only=True):
    send_id: int
    for_winner: int = 0
    for_hour: int = 0
    last_due_at: datetime | None = None


def standing(tx: Transaction, workspace: Workspace, now: datetime) -> list[CampaignStanding]:
    """Every campaign, by key."""
    workspace_id = workspace.id
    sends = {one.campaign_id: one for one in _queries.rows(tx, "last_sends", Send, workspace_id=workspace_id)}
    series = series_of(tx, workspace_id)
    found = list_all(tx, workspace_id, CAMPAIGN.name)
    return _standings(tx, workspace, found, sends, series, now)


def _standings(
    tx: Transaction,
    workspace: Workspace,
    found: Sequence[Definition],
    sends: Mapping[int, Send],
    series: Mapping[int, Series],
    now: datetime,
) -> list[CampaignStanding]:
    workspace_id = workspace.id
    ids = [one.id for one in sends.values() if one.open]
    groups = send_progress(tx, workspace_id, ids, now - _LATELY)
    rows = _queries.rows(tx, "still_to_come", _ToCome, workspace_id=workspace_id, ids=ids, now=now)
    to_come = {row.send_id: row for row in rows}
    return [
        _repeating(
            _standing(workspace, one, sends.get(one.id), groups, to_come, now),
            read_campaign(one.body),
            series.get(one.id),
            workspace,
        )
        for one in found
    ]


def _repeating(
    one: CampaignStanding, campaign: Campaign, series: Series | None, workspace: Workspace
) -> CampaignStanding:
    """The same with what comes next, for a campaign that repeats."""
    if series is None:
        return one
    runs = series.state == "running"
    state = {"running": "repeating", "paused": "paused", "over": "finished" if one.state == "ready" else one.state}
    return replace(
        one,
        state=one.state if one.state in _GOING else state[series.state],
        next_at=next_occasion(series, campaign, workspace) if runs else None,
        missed=series.missed,
    )


def standing_of(
    tx: Transaction, workspace: Workspace, key: str, now: datetime, edition: int | None = None
) -> CampaignStanding:
    """One campaign, and its last send or an edition. Raises NotFound."""
    found = find(tx, workspace.id, CAMPAIGN.name, key)
    last = newest_send(tx, workspace.id, found.id, edition)
    sends = {} if last is None else {found.id: last}
    [one] = _standings(tx, workspace, [found], sends, series_of(tx, workspace.id), now)
    return one


def _standing(
    workspace: Workspace,
    found: Definition,
    one: Send | None,
    groups: Sequence[SendGroup],
    to_come: Mapping[int, _ToCome],
    now: datetime,
) -> CampaignStanding:
    campaign = read_campaign(found.body)
    if one is None:
        return _named(campaign, "ready" if found.state in ("live", "paused") else found.state)
    mine = [group for group in groups if group.send_id == one.id]
    totals = _totals(mine) if one.open else one.totals
    done = sum(count for state, count in totals.items() if state not in _WAITING)
    waiting = max(0, one.recipients - done) if one.open else 0
    later = to_come.get(one.id, _ToCome(send_id=one.id))
    lately = sum(group.lately for group in mine)
    return _named(
        campaign,
        "paused" if one.paused and one.open else one.state,
        edition=None if one.occasion is None else one.edition,
        due_at=one.due_at,
        started_at=one.started_at,
        finished_at=one.finished_at,
        recipients=one.recipients,
        waiting=waiting,
        per_minute=lately,
        ready_at=now + _LATELY * waiting / lately
        if waiting and lately and not (one.paused or later.for_winner or later.for_hour)
        else None,
        waits_for=_waits_for(mine),
        problem=_problem(one),
        for_winner=later.for_winner,
        for_hour=later.for_hour,
        last_due_at=later.last_due_at,
        choice=one.choice,
        choice_words=None if one.choice is None else words_of_choice(one.choice, workspace.currency),
        **{state: totals.get(state, 0) for state in ("sent", "withheld", "failed", "unknown")},
    )


def _problem(one: Send) -> dict[str, str] | None:
    """What keeps it from going on; what a person let go on in spite of it is no problem any more."""
    stands = one.open and (one.paused or one.state == "scheduled")
    return (one.problem_words or words_of_problem(one.problem)) if stands else None


def _named(campaign: Campaign, state: str, **more: object) -> CampaignStanding:
    told: dict[str, object] = {
        "key": campaign.key,
        "name": campaign.name,
        "channel": campaign.channel,
        "segment": campaign.segment,
        "state": state,
    }
    return CampaignStanding(**told | more)  # pyright: ignore[reportArgumentType]


def _totals(groups: Sequence[SendGroup]) -> Mapping[str, int]:
    totals: dict[str, int] = {}
    for group in groups:
        totals[group.state] = totals.get(group.state, 0) + group.messages
    return totals


def _waits_for(groups: Sequence[SendGroup]) -> list[ReasonCount]:
    return [
        ReasonCount(reason=group.reason, count=group.messages, words=words_of(group.reason) or {})
        for group in sorted(groups, key=lambda group: -group.messages)
        if group.reason is not None
    ]
