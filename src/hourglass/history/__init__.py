"""The hot history: the events that live conditions, the timeline and rendering read, each stored once.

The names are looked up when first used, so that processes without frames load no Polars.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.history.batch import Batch
    from hourglass.history.columns import MONEY, TYPED
    from hourglass.history.dedupe import Repeated, only_new
    from hourglass.history.frame import json_text, property_frame
    from hourglass.history.headline import summary
    from hourglass.history.lines import read_lines
    from hourglass.history.names import EventNames
    from hourglass.history.newest import LatestEvent, Minute, latest, per_minute
    from hourglass.history.read import Wanted, read_history
    from hourglass.history.storage import count, counts, store

__all__ = [
    "MONEY",
    "TYPED",
    "Batch",
    "EventNames",
    "LatestEvent",
    "Minute",
    "Repeated",
    "Wanted",
    "count",
    "counts",
    "json_text",
    "latest",
    "only_new",
    "per_minute",
    "property_frame",
    "read_history",
    "read_lines",
    "store",
    "summary",
]

_ROOMS = {
    "batch": ("Batch",),
    "columns": ("MONEY", "TYPED"),
    "dedupe": ("Repeated", "only_new"),
    "frame": ("json_text", "property_frame"),
    "newest": ("LatestEvent", "Minute", "latest", "per_minute"),
    "lines": ("read_lines",),
    "names": ("EventNames",),
    "read": ("Wanted", "read_history"),
    "storage": ("count", "counts", "store"),
    "headline": ("summary",),
}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
