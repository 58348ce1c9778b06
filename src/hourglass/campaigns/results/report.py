"""What came of a campaign: who got it and who did not and why, what they did, what they bought, what it added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from hourglass.campaigns.documents.document import Campaign, read_campaign
from hourglass.campaigns.documents.kind import CAMPAIGN
from hourglass.campaigns.results.course import Course, course_of
from hourglass.campaigns.results.editions import EditionReport, editions, together
from hourglass.campaigns.results.numbers import Numbers
from hourglass.campaigns.sends.sends import last_send
from hourglass.campaigns.sends.standing import CampaignStanding, standing_of
from hourglass.campaigns.sends.winner import DRAWN, variant_of
from hourglass.definitions import find
from hourglass.experiments import ExperimentResults, results
from hourglass.kernel import Workspace
from hourglass.messages import (
    Earned,
    LinkCount,
    ReasonCount,
    SendOutcome,
    attribution_rules,
    earned,
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


class VariantReport(Numbers, frozen=True, kw_only=True):
    """One variant over all who got it: `tested` of them by lot, the others because it was chosen."""

    variant: str
    tested: int


class CampaignReport(Struct, frozen=True, kw_only=True):
    """`delivered`: told by the provider, where it tells. Opens and clicks count messages, by people alone."""

    standing: CampaignStanding
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
    edition: int
    """Which going out this is about; of a campaign that goes out once, 1."""
    editions: list[EditionReport]
    all_editions: EditionReport | None
    variants: list[VariantReport]
    added: ExperimentResults | None
    """Beside the control group, over the channel's window; null without one."""
    course: Course | None
    """How it went over time; null before it began."""


def report(
    tx: Transaction, workspace: Workspace, key: str, now: datetime, edition: int | None = None
) -> CampaignReport:
    """Of the last send or an edition. Raises NotFound, and Conflict for a campaign that was never sent."""
    found = find(tx, workspace.id, CAMPAIGN.name, key)
    one = last_send(tx, workspace.id, key, edition)
    outcomes = send_outcomes(tx, workspace.id, one.id)
    seen = touches(tx, workspace.id, one.id)
    campaign = read_campaign(found.body)
    credited = earned(tx, workspace.id, [found.id])
    lines = [line for line in credited if line.send_id == one.id]
    rows = editions(tx, workspace, found.id, credited)
    told = sum(group.delivered for group in outcomes)
    return CampaignReport(
        standing=standing_of(tx, workspace, key, now, edition),
        edition=one.edition,
        editions=rows,
        all_editions=together(rows),
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
        sales=_sales(workspace, lines),
        variants=_variants(campaign, outcomes, [line for line in lines if line.currency == workspace.currency]),
        added=_added(tx, workspace, campaign, now),
        course=course_of(tx, workspace, one, now),
    )


def _reasons(outcomes: Iterable[SendOutcome], state: str) -> list[ReasonCount]:
    counts: Counter[str] = Counter()
    for group in outcomes:
        if group.state == state and group.reason is not None:
            counts[group.reason] += group.messages
    return [
        ReasonCount(reason=reason, count=count, words=words_of(reason) or {})
        for reason, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]


def _sales(workspace: Workspace, lines: Iterable[Earned]) -> list[Sales]:
    totals = {workspace.currency: (0, 0)}
    for line in lines:
        orders, revenue = totals.get(line.currency, (0, 0))
        totals[line.currency] = orders + line.kept, revenue + line.revenue
    return [Sales(currency=name, orders=orders, revenue=revenue) for name, (orders, revenue) in totals.items()]


def _variants(campaign: Campaign, outcomes: Iterable[SendOutcome], lines: Iterable[Earned]) -> list[VariantReport]:
    """In the order of the document; whom the control group kept out got no variant."""
    theirs = [group for group in outcomes if group.reason != "control_group"]
    lines = list(lines)
    return [
        _variant(
            one.name,
            [group for group in theirs if variant_of(group.step) == one.name],
            [line for line in lines if variant_of(line.step) == one.name],
        )
        for one in campaign.variants
    ]


def _variant(name: str, groups: Sequence[SendOutcome], lines: Sequence[Earned]) -> VariantReport:
    return VariantReport(
        variant=name,
        recipients=sum(group.messages for group in groups),
        tested=sum(group.messages for group in groups if group.step.startswith(DRAWN)),
        sent=sum(group.messages for group in groups if group.state == "sent"),
        opened=sum(group.opened for group in groups),
        clicked=sum(group.clicked for group in groups),
        complained=sum(group.complained for group in groups),
        unsubscribed=sum(group.unsubscribed for group in groups),
        orders=sum(line.kept for line in lines),
        revenue=sum(line.revenue for line in lines),
    )


def _added(tx: Transaction, workspace: Workspace, campaign: Campaign, now: datetime) -> ExperimentResults | None:
    """Both sides are given the window of the channel."""
    if not campaign.control:
        return None
    rule = attribution_rules(workspace).get(campaign.channel)
    window = _WINDOW if rule is None else rule.span
    return results(tx, workspace, "campaign", campaign.key, now, days=window / timedelta(days=1))
