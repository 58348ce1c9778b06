"""Proof before the launch: a journey replayed over the past, and held against live data."""

from hourglass.backtest.backtest import backtest
from hourglass.backtest.check.check import Checked, check
from hourglass.backtest.check.launch import CHECKED_JOURNEY
from hourglass.backtest.check.todo import Todo

__all__ = ["CHECKED_JOURNEY", "Checked", "Todo", "backtest", "check"]
