"""The report of a campaign as one page, made of the same pieces as that of a journey."""

from __future__ import annotations

from datetime import datetime

from hourglass.campaigns import CampaignReport, report
from hourglass.experiments import ExperimentResults, results
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction
from hourglass.reports.page.campaign import show_campaign

_FEWEST = 2
"""Variants that can be compared."""


def campaign_page(
    tx: Transaction, workspace: Workspace, key: str, now: datetime, language: str, edition: int | None = None
) -> str:
    """Of its last send or an edition, in `en` or `ru`. Raises NotFound, and Conflict when it was never sent."""
    found = report(tx, workspace, key, now, edition)
    return show_campaign(found, _compared(tx, workspace, found, now), workspace, now, language)


def _compared(tx: Transaction, workspace: Workspace, found: CampaignReport, now: datetime) -> ExperimentResults | None:
    """Variants that no test chose among are compared by what they earned."""
    if len(found.variants) < _FEWEST or found.standing.choice is not None:
        return None
    return results(tx, workspace, "campaign", found.standing.key, now, step="variants")
