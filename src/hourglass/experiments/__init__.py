"""Who is treated how, by lot; and what the difference was, with an interval that may be looked at every day."""

from hourglass.experiments.assign import assign
from hourglass.experiments.difference import Difference, difference
from hourglass.experiments.lot import kept_out, read_control
from hourglass.experiments.moments import Moments
from hourglass.experiments.ratio import Ratio, check_ratio

__all__ = [
    "Difference",
    "Moments",
    "Ratio",
    "assign",
    "check_ratio",
    "difference",
    "kept_out",
    "read_control",
]
