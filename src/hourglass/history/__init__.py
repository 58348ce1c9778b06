"""The hot history: the events that live conditions, the timeline and rendering read, each stored once."""

from hourglass.history.batch import Batch
from hourglass.history.columns import MONEY, TYPED
from hourglass.history.dedupe import only_new
from hourglass.history.frame import property_frame
from hourglass.history.latest import LatestEvent, Minute, latest, per_minute
from hourglass.history.names import EventNames
from hourglass.history.read import Wanted, read_history
from hourglass.history.store import count, counts, store
from hourglass.history.summary import summary

__all__ = [
    "MONEY",
    "TYPED",
    "Batch",
    "EventNames",
    "LatestEvent",
    "Minute",
    "Wanted",
    "count",
    "counts",
    "latest",
    "only_new",
    "per_minute",
    "property_frame",
    "read_history",
    "store",
    "summary",
]
