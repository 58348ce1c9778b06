"""Computed traits: what follows from a customer's whole history, and their place among the others."""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.audience.computed.computing import ComputedReport, compute
    from hourglass.audience.computed.families import FAMILIES
    from hourglass.audience.computed.names import is_computed
    from hourglass.audience.computed.read import read_computed
    from hourglass.audience.computed.ready import ReadySegment, ready_segment, ready_segments
    from hourglass.audience.computed.runs import Run, is_due, last_run

__all__ = [
    "FAMILIES",
    "ComputedReport",
    "ReadySegment",
    "Run",
    "compute",
    "is_computed",
    "is_due",
    "last_run",
    "read_computed",
    "ready_segment",
    "ready_segments",
]

_ROOMS = {
    "computing": ("ComputedReport", "compute"),
    "families": ("FAMILIES",),
    "names": ("is_computed",),
    "read": ("read_computed",),
    "ready": ("ReadySegment", "ready_segment", "ready_segments"),
    "runs": ("Run", "is_due", "last_run"),
}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
