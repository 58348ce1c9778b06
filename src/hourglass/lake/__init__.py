"""The lake: every processed event for ever, in open Delta tables; written exactly once, read by anybody.

What is for Spark is loaded when first used: most installations never do.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up
from hourglass.lake.answer import Answer
from hourglass.lake.asked import CURRENCY
from hourglass.lake.compact import MaintenanceReport, maintenance
from hourglass.lake.dialect import POLARS, Dialect
from hourglass.lake.erase import EraseReport, erase
from hourglass.lake.flush import FlushReport, flush
from hourglass.lake.live import moved_identities
from hourglass.lake.pattern import portable_pattern
from hourglass.lake.picture import Picture, look
from hourglass.lake.query import FIRST, answering, query
from hourglass.lake.queue import enqueue
from hourglass.lake.scan import scan
from hourglass.lake.schema import EVENT_COLUMNS, EVENTS
from hourglass.lake.snapshot import SnapshotReport, snapshot
from hourglass.lake.views import Limits

if TYPE_CHECKING:
    from hourglass.lake.spark import NARWHALS, SparkMissing, spark_scan, spark_session

__all__ = [
    "CURRENCY",
    "EVENTS",
    "EVENT_COLUMNS",
    "FIRST",
    "NARWHALS",
    "POLARS",
    "Answer",
    "Dialect",
    "EraseReport",
    "FlushReport",
    "Limits",
    "MaintenanceReport",
    "Picture",
    "SnapshotReport",
    "SparkMissing",
    "answering",
    "enqueue",
    "erase",
    "flush",
    "look",
    "maintenance",
    "moved_identities",
    "portable_pattern",
    "query",
    "scan",
    "snapshot",
    "spark_scan",
    "spark_session",
]

_ROOMS = {"spark": ("NARWHALS", "SparkMissing", "spark_scan", "spark_session")}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
