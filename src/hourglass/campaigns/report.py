"""What came of a campaign: who got it and who did not and why, what they did, what they bought, what it added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from hourglass.campaigns.document import Campaign, read_campaign
from hourglass.campaigns.kind import CAMPAIGN
from hourglass.campaigns.sends import last_send
from hourglass.campaigns.standing import Standing, standing_of
from hourglass.definitions import find
from hourglass.kernel import Workspace
from hourglass.messages import (
    Effect,
    LinkCount,
    ReasonCount,
    SendOutcome,
    attribution_rules,
    earned,
    effect,
    send_outcomes,
    touches,
    words_of,
)
from hourglass.postgres import Transaction

_WINDOW = timedelta(days=5)


class Sales(Struct, frozen=True, kw_only=True):
    """Orders credited to it in one currency; revenue in minor units, net of what was taken back."""

    currency: str
    orders: int
    revenue: int


class CampaignReport(Struct, frozen=True, kw_only=True):
    """`delivered`: told by the provider, where it tells. Opens and clicks count messages, by people alone."""

    standing: Standing
    withheld: list[ReasonCount]
    failed: list[ReasonCount]
    delivered: int
    delivered_told: bool
    """False: the provider told of no delivery; what was sent and did not come back is counted."""
    opened: int
    clicked: int
    bounced: int
    complained: int
    unsubscribed: int
    links: list[LinkCount]
    machine_opens: dict[str, int]
    """Privacy proxies and scanners, in times; they count nowhere else."""
    machine_clicks: dict[str, int]
    sales: list[Sales]
    """The workspace's currency first, even when nothing was sold."""
    effect: Effect | None
    """Beside the control group; null without one."""


def report(tx: Transaction, workspace: Workspace, key: str, now: datetime) -> CampaignReport:
    """Of the last send. Raises NotFound, and Conflict for a campaign that was never sent."""
    found = find(tx, workspace.id, CAMPAIGN.name, key)
    one = last_send(tx, workspace.id, key)
    outcomes = send_outcomes(tx, workspace.id, one.id)
    seen = touches(tx, workspace.id, one.id)
    told = sum(group.delivered for group in outcomes)
    return CampaignReport(
        standing=standing_of(tx, workspace.id, key, now),
        withheld=_reasons(outcomes, "withheld"),
        failed=_reasons(outcomes, "failed"),
        delivered=told or sum(group.messages - group.bounced for group in outcomes if group.state == "sent"),
        delivered_told=told > 0,
        opened=sum(group.opened for group in outcomes),
        clicked=sum(group.clicked for group in outcomes),
        bounced=sum(group.bounced for group in outcomes),
        complained=sum(group.complained for group in outcomes),
        unsubscribed=sum(group.unsubscribed for group in outcomes),
        links=seen.links,
        machine_opens=seen.machine_opens,
        machine_clicks=seen.machine_clicks,
        sales=_sales(tx, workspace, found.id, one.id),
        effect=effect(tx, workspace, one.id, _window(workspace, read_campaign(found.body))),
    )


def _reasons(outcomes: Iterable[SendOutcome], state: str) -> list[ReasonCount]:
    its = [group for group in outcomes if group.state == state and group.reason is not None]
    return [
        ReasonCount(reason=group.reason or "", count=group.messages, words=words_of(group.reason) or {})
        for group in sorted(its, key=lambda group: (-group.messages, group.reason or ""))
    ]


def _sales(tx: Transaction, workspace: Workspace, campaign_id: int, send_id: int) -> list[Sales]:
    totals = {workspace.currency: (0, 0)}
    for line in earned(tx, workspace.id, [campaign_id]):
        if line.send_id == send_id:
            orders, revenue = totals.get(line.currency, (0, 0))
            totals[line.currency] = orders + line.kept, revenue + line.revenue
    return [Sales(currency=name, orders=orders, revenue=revenue) for name, (orders, revenue) in totals.items()]


def _window(workspace: Workspace, campaign: Campaign) -> timedelta:
    """Both sides are given the window of the channel."""
    rule = attribution_rules(workspace).get(campaign.channel)
    return _WINDOW if rule is None else rule.span
