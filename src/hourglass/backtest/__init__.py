"""Proof before launch and truth after: what a journey would have done, what it does, drawn as one page."""

from hourglass.backtest.answer import Backtest, Example, Flow, FlowDay, FlowStep, Happening, Income, Tally, Way
from hourglass.backtest.backtest import backtest
from hourglass.backtest.campaign import campaign_page
from hourglass.backtest.check.check import Checked, check
from hourglass.backtest.check.launch import CHECKED_JOURNEY
from hourglass.backtest.check.todo import Todo
from hourglass.backtest.incremental import Incremental, incremental
from hourglass.backtest.page.page import backtest_page, report_lines, report_page
from hourglass.backtest.read_flow import read_flow
from hourglass.backtest.report import journey_flow, journey_page
from hourglass.backtest.why import JourneyWhy, RunDecision, why_journey

__all__ = [
    "CHECKED_JOURNEY",
    "Backtest",
    "Checked",
    "Example",
    "Flow",
    "FlowDay",
    "FlowStep",
    "Happening",
    "Income",
    "Incremental",
    "JourneyWhy",
    "RunDecision",
    "Tally",
    "Todo",
    "Way",
    "backtest",
    "backtest_page",
    "campaign_page",
    "check",
    "incremental",
    "journey_flow",
    "journey_page",
    "read_flow",
    "report_lines",
    "report_page",
    "why_journey",
]
