"""Proof before launch and truth after: what a journey would have done, what it does, drawn as one page."""

from hourglass.backtest.answer import Backtest, Example, Flow, FlowDay, FlowStep, Happening, Tally, Way
from hourglass.backtest.backtest import backtest
from hourglass.backtest.read_flow import read_flow

__all__ = [
    "Backtest",
    "Example",
    "Flow",
    "FlowDay",
    "FlowStep",
    "Happening",
    "Tally",
    "Way",
    "backtest",
    "read_flow",
]
