"""The report of a journey: everybody who ever entered, what it earned and what it added, drawn as a backtest is."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from hourglass.definitions import find
from hourglass.journeys import JOURNEY, read_journey
from hourglass.kernel import Workspace
from hourglass.messages import earned
from hourglass.postgres import Transaction
from hourglass.reports.answer import Flow, Income
from hourglass.reports.incremental import read_incremental
from hourglass.reports.page.journey import report_page
from hourglass.reports.read_flow import read_flow


def journey_flow(tx: Transaction, workspace: Workspace, key: str, now: datetime) -> Flow:
    """A journey with its numbers by step and way, its orders and what it added. Raises NotFound."""
    found = find(tx, workspace.id, JOURNEY.name, key)
    income = [
        Income(currency=one.currency, orders=one.kept, revenue=one.revenue)
        for one in earned(tx, workspace.id, [found.id])
        if one.kept
    ]
    incremental = read_incremental(tx, workspace, read_journey(found.body), now)
    return replace(read_flow(tx, workspace, found, now), income=income, incremental=incremental)


def journey_page(tx: Transaction, workspace: Workspace, key: str, now: datetime, language: str) -> str:
    """The same as a page. `language`: en or ru."""
    return report_page(journey_flow(tx, workspace, key, now), workspace, now, language)
