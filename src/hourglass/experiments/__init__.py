"""Who is treated how, by lot; and what the difference was, with an interval that may be looked at every day."""

from hourglass.experiments.assign import assign
from hourglass.experiments.lot import kept_out, read_control

__all__ = [
    "assign",
    "kept_out",
    "read_control",
]
