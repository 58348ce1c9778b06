"""The report of a journey: everybody who ever entered, on the same page as a backtest."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from hourglass.backtest.answer import Flow
from hourglass.backtest.page.page import report_page
from hourglass.backtest.page.text import number
from hourglass.backtest.read_flow import read_flow
from hourglass.definitions import find
from hourglass.journeys import JOURNEY
from hourglass.kernel import Workspace, to_major
from hourglass.messages import earned
from hourglass.postgres import Transaction


def journey_flow(tx: Transaction, workspace: Workspace, key: str, now: datetime) -> Flow:
    """A journey with its numbers by step and way. Raises NotFound."""
    return read_flow(tx, workspace, find(tx, workspace.id, JOURNEY.name, key), now)


def journey_page(tx: Transaction, workspace: Workspace, key: str, now: datetime, language: str) -> str:
    """The same as a page, with what it earned. `language`: en or ru."""
    found = find(tx, workspace.id, JOURNEY.name, key)
    orders, revenue = 0, defaultdict[str, int](int)
    for one in earned(tx, workspace.id, [found.id]):
        orders += one.kept
        revenue[one.currency] += one.revenue
    sums = " · ".join(f"{to_major(minor, currency)} {currency}" for currency, minor in sorted(revenue.items()))
    credited = [("orders", number(orders, language)), ("revenue", sums)] if orders else []
    return report_page(read_flow(tx, workspace, found, now), workspace, now, credited, language)
