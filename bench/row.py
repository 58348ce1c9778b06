"""One line of the table, and the meter that fills in what the machine spent."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Generator
from contextlib import contextmanager

from msgspec import Struct


class Row(Struct, kw_only=True):
    """`ratio` is ours / limit. For latencies `ours` is the p99 in ms, `p50` beside it, and `limit` the budget."""

    name: str
    ours: float
    limit: float
    unit: str
    ratio: float = 0.0
    p50: float | None = None
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    note: str = ""

    def __post_init__(self) -> None:
        self.ratio = self.ours / self.limit if self.limit else 0.0


class Meter(Struct):
    """What a stretch of work took: this process and its children."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0


@contextmanager
def metered() -> Generator[Meter]:
    """Measure what happens inside."""
    meter = Meter()
    wall, cpu = time.perf_counter(), _cpu()
    yield meter
    meter.wall_s = time.perf_counter() - wall
    meter.cpu_s = _cpu() - cpu
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    meter.peak_mb = max(peaks) / 1024


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
