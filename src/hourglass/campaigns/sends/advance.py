"""Takes each send a step further, in short transactions that can be repeated: after a crash it simply goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import structlog
from msgspec.structs import replace
from psycopg.types.json import Jsonb

from hourglass.campaigns.documents.document import Campaign
from hourglass.campaigns.documents.variants import Variant
from hourglass.campaigns.sends.recipients import Audience, find_people, fix
from hourglass.campaigns.sends.rules import Rules
from hourglass.campaigns.sends.sends import Send, campaign_of, complain, hold, open_sends
from hourglass.campaigns.sends.series import begin_editions
from hourglass.campaigns.sends.unwelcome import stop_send
from hourglass.campaigns.sends.winner import decide
from hourglass.kernel import HourglassError, Unavailable, Workspace
from hourglass.messages import Mass, enqueue_mass, send_states, waiting_of_send, withhold_send
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("advance.sql"))
_say = structlog.get_logger(__name__)
_IN_THE_AIR = timedelta(minutes=2)
"""How long after its cancelling news of a message may come that was being handed over."""
_AHEAD = 4000
"""Messages of a send that wait in the outbox; few enough to be stopped in a moment."""


def advance(database: Database, data: Path, workspace: Workspace, now: datetime, rules: Rules) -> bool:
    """Fix recipients that are due, keep the outbox supplied, note what is finished; whether anything is on its way."""
    with database.transaction() as tx:
        begin_editions(tx, workspace, now)
        _recount(tx, workspace, now)
        sends = open_sends(tx, workspace.id)
    for one in sends:
        if one.state == "scheduled" and not one.paused and one.due_at <= now:
            _begin(database, data, workspace, one, now, rules)
        elif one.state == "sending" and one.choice is None and not one.paused:
            _settle(database, workspace, one, now)
        while _supply(database, workspace, one.id, now):
            pass
    return bool(sends)


def _recount(tx: Transaction, workspace: Workspace, now: datetime) -> None:
    """What was being handed over when a send was cancelled has left all the same; its worker tells a moment later."""
    place = {"workspace_id": workspace.id}
    for (send_id,) in _queries.tuples(tx, "lately_cancelled", **place, since=now - _IN_THE_AIR):
        totals = Jsonb(send_states(tx, workspace.id, send_id))
        _queries.execute(tx, "recount", **place, id=send_id, totals=totals)


def hurries(database: Database, workspace: Workspace, now: datetime) -> bool:
    """Whether a look a moment later would find something to do; a send may wait for hours in between."""
    with database.transaction() as tx:
        return bool(_queries.scalar(tx, "hurries", workspace_id=workspace.id, now=now))


def _begin(database: Database, data: Path, workspace: Workspace, one: Send, now: datetime, rules: Rules) -> None:
    with database.transaction() as tx:
        campaign = campaign_of(tx, workspace, one)
        if campaign is None:
            _abandon(tx, workspace, one.id, now)
            return
    stop = rules.objection(database, workspace, one, campaign, now)
    found = None if stop is not None else _find(database, data, workspace, campaign, now)
    with database.transaction() as tx:
        held = hold(tx, workspace.id, one.id)
        if held is None or held.state != "scheduled" or held.paused:
            return
        if stop is not None:
            stop_send(tx, workspace.id, one.id, *stop)
        elif isinstance(found, Audience):
            fix(tx, workspace, one, campaign, found, now)
        elif found is not None:
            complain(tx, workspace.id, one.id, found)


def _settle(database: Database, workspace: Workspace, one: Send, now: datetime) -> None:
    """See whether a test has its winner."""
    with database.transaction() as tx:
        held = hold(tx, workspace.id, one.id)
        campaign = None if held is None else campaign_of(tx, workspace, held)
        if held is not None and campaign is not None:
            decide(tx, workspace, held, campaign, now)


def _find(database: Database, data: Path, workspace: Workspace, campaign: Campaign, now: datetime) -> Audience | str:
    try:
        return find_people(database, data, workspace, campaign, now)
    except Unavailable:
        raise
    except HourglassError as error:
        _say.warning("recipients_not_found", campaign=campaign.key, reason=error.sentence)
        return "people_not_found"


def _supply(database: Database, workspace: Workspace, send_id: int, now: datetime) -> bool:
    """Put the next part into the outbox; whether there may be room and people for one more."""
    with database.transaction() as tx:
        held = hold(tx, workspace.id, send_id)
        if held is None or held.state not in ("sending", "cancelling") or held.paused:
            return False
        campaign = campaign_of(tx, workspace, held)
        waiting = waiting_of_send(tx, workspace.id, send_id)
        if campaign is None:
            _abandon(tx, workspace, send_id, now)
            return False
        if waiting >= _AHEAD:
            return False
        if _feed(tx, workspace, held, campaign, now):
            return True
        if not waiting and not _queries.scalar(tx, "parts_left", workspace_id=workspace.id, id=send_id):
            totals = Jsonb(send_states(tx, workspace.id, send_id))
            _queries.execute(tx, "finish", workspace_id=workspace.id, id=send_id, now=now, totals=totals)
        return False


def _abandon(tx: Transaction, workspace: Workspace, send_id: int, now: datetime) -> None:
    """The campaign was removed on its way: what is left stays here."""
    withhold_send(tx, workspace.id, send_id, "campaign_cancelled")
    totals = Jsonb(send_states(tx, workspace.id, send_id))
    _queries.execute(tx, "drop_parts", workspace_id=workspace.id, id=send_id)
    _queries.execute(tx, "abandon", workspace_id=workspace.id, id=send_id, now=now, totals=totals)


def _feed(tx: Transaction, workspace: Workspace, one: Send, campaign: Campaign, now: datetime) -> bool:
    """The next part that is due, if there is one."""
    place = {"workspace_id": workspace.id, "id": one.id}
    cancelled = one.state == "cancelling"
    [part, *_] = _queries.tuples(tx, "next_part", **place, now=now, everything=cancelled) or [None]
    if part is None:
        return False
    number, people, variant, rest = part
    mass = _mass(workspace, one, campaign, campaign.variant(variant), rest=rest)
    new = enqueue_mass(tx, mass, people, now, "campaign_cancelled" if cancelled else None)
    _queries.execute(tx, "part_queued", **place, part=number, now=now)
    if new < len(people):
        _queries.execute(tx, "fewer", **place, count=len(people) - new)
    return True


def _mass(workspace: Workspace, one: Send, campaign: Campaign, variant: Variant | None, *, rest: bool) -> Mass:
    """What one part gets."""
    mass = Mass(
        workspace_id=workspace.id,
        send_id=one.id,
        campaign_id=one.campaign_id,
        channel=campaign.channel,
        template=campaign.template,
        topic=campaign.topic,
        message_class=campaign.message_class,
        control=campaign.control,
    )
    if variant is None:
        return mass
    return replace(
        mass,
        channel=variant.channel or campaign.channel,
        template=variant.template or campaign.template,
        step=f"{'winner' if rest else 'variants'}.{variant.name}",
        wording=variant.wording,
    )
