"""Who is treated how, by lot; and what the difference was, with an interval that may be looked at every day."""

from hourglass.experiments.assign import assign
from hourglass.experiments.difference import Difference, difference
from hourglass.experiments.lot import kept_out, read_control, read_percent
from hourglass.experiments.moments import Moments
from hourglass.experiments.ratio import Ratio, check_ratio
from hourglass.experiments.results import ArmEffect, ArmResult, ExperimentResults, results
from hourglass.experiments.sequence import critical
from hourglass.experiments.source import ExperimentKind, Source, all_sources
from hourglass.experiments.thompson import ArmCount, thompson
from hourglass.experiments.verdict import Verdict

__all__ = [
    "ArmCount",
    "ArmEffect",
    "ArmResult",
    "Difference",
    "ExperimentKind",
    "ExperimentResults",
    "Moments",
    "Ratio",
    "Source",
    "Verdict",
    "all_sources",
    "assign",
    "check_ratio",
    "critical",
    "difference",
    "kept_out",
    "read_control",
    "read_percent",
    "results",
    "thompson",
]
