"""Truth after the launch: what a journey or a campaign did, counted step by step, drawn, and told of one person."""

from hourglass.reports.answer import Backtest, Example, Flow, FlowDay, FlowStep, Happening, Income, Tally, Way, Words
from hourglass.reports.campaign import campaign_page
from hourglass.reports.examples import read_examples
from hourglass.reports.incremental import Incremental, incremental
from hourglass.reports.journey import journey_flow, journey_page
from hourglass.reports.page.journey import backtest_page, report_lines, report_page
from hourglass.reports.read_flow import read_flow
from hourglass.reports.why import JourneyWhy, RunDecision, why_journey
from hourglass.reports.words import span_words

__all__ = [
    "Backtest",
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
    "Way",
    "Words",
    "backtest_page",
    "campaign_page",
    "incremental",
    "journey_flow",
    "journey_page",
    "read_examples",
    "read_flow",
    "report_lines",
    "report_page",
    "span_words",
    "why_journey",
]
