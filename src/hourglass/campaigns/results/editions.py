"""Editions of a campaign that repeats, beside each other and all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from pathlib import Path

from msgspec.structs import replace

from hourglass.campaigns.results.numbers import Numbers
from hourglass.campaigns.sends.sends import Send
from hourglass.kernel import Workspace
from hourglass.messages import Earned, SendTotals, send_totals
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("editions.sql"))


class EditionReport(Numbers, frozen=True, kw_only=True):
    """One edition, or all of them together: then without a number."""

    edition: int | None = None
    at: datetime | None = None
    """Its moment in the schedule."""
    state: str | None = None


def editions(tx: Transaction, workspace: Workspace, campaign_id: int, lines: Sequence[Earned]) -> list[EditionReport]:
    """The newest first; none of a campaign that goes out once."""
    found = _queries.rows(tx, "editions", Send, workspace_id=workspace.id, campaign_id=campaign_id)
    totals = {one.send_id: one for one in send_totals(tx, workspace.id, [one.id for one in found])}
    own = [line for line in lines if line.currency == workspace.currency]
    return [_edition(one, totals.get(one.id), [line for line in own if line.send_id == one.id]) for one in found]


def together(found: Iterable[EditionReport]) -> EditionReport | None:
    """The sum over all; None without any."""
    return reduce(_sum, (replace(one, edition=None, at=None, state=None) for one in found), None)


def _sum(so_far: EditionReport | None, one: EditionReport) -> EditionReport:
    if so_far is None:
        return one
    return replace(one, **{name: getattr(so_far, name) + getattr(one, name) for name in Numbers.__struct_fields__})


def _edition(one: Send, totals: SendTotals | None, lines: Sequence[Earned]) -> EditionReport:
    totals = totals or SendTotals(send_id=one.id)
    return EditionReport(
        edition=one.edition,
        at=one.occasion,
        state="paused" if one.paused and one.open else one.state,
        recipients=one.recipients,
        sent=totals.sent,
        opened=totals.opened,
        clicked=totals.clicked,
        complained=totals.complained,
        unsubscribed=totals.unsubscribed,
        orders=sum(line.kept for line in lines),
        revenue=sum(line.revenue for line in lines),
    )
