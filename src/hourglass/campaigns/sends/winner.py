"""The test of a campaign on its way: looked at, decided, and the rest let go with what was chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog
from psycopg.types.json import Jsonb

from hourglass.campaigns.choice.choice import CampaignChoice, choose, ranked
from hourglass.campaigns.documents.document import Campaign
from hourglass.campaigns.documents.schedule import zone_named
from hourglass.campaigns.documents.tryout import Tryout
from hourglass.campaigns.sends.sends import Send, campaign_of, last_send, wake
from hourglass.kernel import Conflict, NotFound, Workspace
from hourglass.messages import Response, last_left, responses
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("winner.sql"))
_say = structlog.get_logger(__name__)
DRAWN = "variants."
"""Where the messages of a test come from; those of the rest come from `winner.`."""
_LOOK_EVERY = timedelta(minutes=1)
_FIRST_LOOK = 0.25
"""Of its time; who answers within the first minutes is not like everybody."""


def decide(
    tx: Transaction, workspace: Workspace, one: Send, campaign: Campaign, now: datetime
) -> CampaignChoice | None:
    """Look at the numbers if it is time to, choose if they allow it, and let the rest go; what was chosen."""
    tryout = campaign.test
    if tryout is None or one.choice is not None or one.state != "sending" or one.paused:
        return None
    if one.looked_at is not None and now - one.looked_at < _LOOK_EVERY:
        return None
    _queries.execute(tx, "looked", workspace_id=workspace.id, id=one.id, now=now)
    ends = ends_at(tx, workspace, one, tryout)
    over = ends is not None and now >= ends
    if not over and not _worth_a_look(campaign, tryout, ends, now):
        return None
    names = [variant.name for variant in campaign.variants]
    choice = choose(tryout, names, numbers(tx, workspace, one, tryout), now, over=over)
    if choice is not None and _keep(tx, workspace, one, campaign, choice, now):
        _say.info("campaign_winner", workspace=workspace.id, send=one.id, variant=choice.variant, why=choice.reason)
    return choice


def choose_by_hand(
    tx: Transaction,
    workspace: Workspace,
    key: str,
    variant: str,
    author: str,
    now: datetime,
    edition: int | None = None,
) -> CampaignChoice:
    """A person ends the test of the last send or an edition. Raises NotFound, or Conflict without a test."""
    one = last_send(tx, workspace.id, key, edition)
    campaign = campaign_of(tx, workspace, one)
    if campaign is None or campaign.test is None:
        raise Conflict(f"The campaign “{key}” has no test; write `variants` and `test: {{share: 20, for: 4h}}`.")
    names = [each.name for each in campaign.variants]
    if variant not in names:
        raise NotFound(f"The campaign “{key}” has no variant “{variant}”; it has {', '.join(names)}.")
    _, found = ranked(campaign.test, names, numbers(tx, workspace, one, campaign.test))
    choice = CampaignChoice(
        variant=variant,
        reason="by_hand",
        at=now,
        winner_by=campaign.test.winner_by,
        confidence=campaign.test.confidence,
        numbers=found,
        author=author,
    )
    if not _keep(tx, workspace, one, campaign, choice, now):
        raise Conflict(f"The test of the campaign “{key}” is {'decided already' if one.choice else 'not running'}.")
    return choice


def variant_of(step: str) -> str:
    """The variant that wrote a message; an empty name for a campaign without any."""
    return step.partition(".")[2]


def numbers(tx: Transaction, workspace: Workspace, one: Send, tryout: Tryout) -> dict[str, Response]:
    """What the test has shown so far, by variant."""
    found = responses(tx, workspace, one.id, DRAWN, tryout.span)
    return {place.removeprefix(DRAWN): response for place, response in found.items()}


def ends_at(tx: Transaction, workspace: Workspace, one: Send, tryout: Tryout) -> datetime | None:
    """Its time counts from the last message of the test that left; None while some are on their way."""
    [(last_due, fed, _)] = _queries.tuples(tx, "trial", workspace_id=workspace.id, id=one.id)
    last, waiting = last_left(tx, workspace.id, one.id, DRAWN)
    if not fed or waiting:
        return None
    begun = last or last_due
    return None if begun is None else begun + tryout.span


def _worth_a_look(campaign: Campaign, tryout: Tryout, ends: datetime | None, now: datetime) -> bool:
    """Variants that leave at other hours are compared when all had their time."""
    if ends is None or any(variant.send_at is not None for variant in campaign.variants):
        return False
    return now >= ends - tryout.span * (1 - _FIRST_LOOK)


def _keep(
    tx: Transaction, workspace: Workspace, one: Send, campaign: Campaign, choice: CampaignChoice, now: datetime
) -> bool:
    """Write the choice down, once, and give the rest its variant and its moments; whether this one counts."""
    place = {"workspace_id": workspace.id, "id": one.id}
    if not _queries.execute(tx, "choose", **place, choice=Jsonb(msgspec.to_builtins(choice))):
        return False
    chosen = campaign.variant(choice.variant)
    clock = None if chosen is None else chosen.send_at
    zones = [row[0] for row in _queries.tuples(tx, "zones_of_rest", **place)]
    homes = [zone_named(name, workspace.tz()) for name in zones]
    moments = [campaign.schedule.follows(home, now, clock) for home in homes]
    _queries.execute(tx, "release_rest", **place, variant=choice.variant, zones=zones, moments=moments)
    wake(tx)
    return True
