"""Who gets it: fixed once, as of one moment, with one statement; from then on only the parts are worked through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.audience import SEGMENT, build, compile_conditions, parse_condition
from hourglass.campaigns.documents.document import Campaign
from hourglass.campaigns.documents.schedule import zone_named
from hourglass.campaigns.sends.sends import Send
from hourglass.campaigns.sends.shares import shares_of
from hourglass.definitions import list_all
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.lake import look, moved_identities
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("recipients.sql"))
_SIZE, _TURN = 2000, 100
"""People in a part: of one that nothing is compared with, and of variants, which take turns."""
_IT = "it"


class Audience(Struct, frozen=True, kw_only=True):
    """A segment, by its id, or the people of whom a condition holds."""

    segment_id: int = 0
    people: Sequence[int] = ()


def find_people(
    database: Database, data: Path, workspace: Workspace, campaign: Campaign, now: datetime
) -> Audience | str:
    """Whom the campaign means, or why that cannot be said yet. A condition is asked of everybody, over all history."""
    if campaign.segment is not None:
        with database.transaction() as tx:
            return _segment(tx, workspace.id, campaign.segment)
    compiled = compile_conditions({_IT: parse_condition(campaign.when, "when")}, workspace)
    picture = look(database, data)
    with database.transaction() as tx:
        identities = moved_identities(tx, workspace.id)
    people = build.everybody(database, workspace.id, compiled.needs.people)
    answers = build.answer_all(
        compiled, people, build.Lake(picture=picture, workspace=workspace, identities=identities), now
    )
    return Audience(people=answers.filter(_IT)["subject"].to_list())


def fix(
    tx: Transaction, workspace: Workspace, one: Send, campaign: Campaign, audience: Audience, now: datetime
) -> None:
    """Write the recipients down, each with what they get, if a lot says so, and the moment when theirs leaves."""
    whom: dict[str, Any] = {
        "workspace_id": workspace.id,
        "segment_id": audience.segment_id,
        "people": list(audience.people),
    }
    local, shop = campaign.schedule.local, workspace.tz()
    told = [row[0] for row in _queries.tuples(tx, "zones", **whom)] if local else [""]
    homes = {name: zone_named(name, shop) for name in told}
    shares = shares_of(campaign)
    ways = [(name, place) for name in homes for place in range(len(shares))]
    place = {"workspace_id": workspace.id, "campaign_id": one.campaign_id, "id": one.id, "occasion": one.occasion}
    _queries.execute(
        tx,
        "fix",
        **whom,
        send_id=one.id,
        before=[row[0] for row in _queries.tuples(tx, "before", **place)],
        zones=[name for name, _ in ways],
        homes=[homes[name].key if local else "" for name, _ in ways],
        places=[place for _, place in ways],
        moments=[campaign.schedule.leaves(homes[name], now, shares[place].clock) for name, place in ways],
        variants=[share.variant for share in shares],
        rest=[share.rest for share in shares],
        bounds=[share.upto for share in shares],
        local=local,
        sizes=[_SIZE if share.variant is None else _TURN for share in shares],
    )
    _queries.execute(tx, "fixed", workspace_id=workspace.id, id=one.id, now=now)


def _segment(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Audience | str:
    found = next((one for one in list_all(tx, workspace_id, SEGMENT.name) if one.key == key), None)
    if found is None:
        return "segment_missing"
    built = _queries.scalar(tx, "segment_built", workspace_id=workspace_id, segment_id=found.id)
    by_hand = found.body.get("list") is True
    return Audience(segment_id=found.id) if by_hand or built == found.version else "segment_building"
