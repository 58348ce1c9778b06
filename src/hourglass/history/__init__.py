"""The hot history: the events that live conditions, the timeline and rendering read, each stored once."""

from hourglass.history.batch import Batch
from hourglass.history.columns import MONEY, TYPED
from hourglass.history.dedupe import Repeated, only_new
from hourglass.history.frame import json_text, property_frame
from hourglass.history.latest import LatestEvent, Minute, latest, per_minute
from hourglass.history.lines import read_lines
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
