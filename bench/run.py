"""Runs the benches by name and prints the table."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bench.row import Row

# Name → where it is measured: a function of the size. In the order of the table of budgets.
BENCHES = {
    "ingest_single": "bench.ingest:single",
    "ingest_batch": "bench.ingest:batch",
    "tick": "bench.tick:run",
    "latency_idle": "bench.latency:idle",
    "latency_load": "bench.latency:load",
    "latency_busy": "bench.latency_busy:run",
    "journey_burst": "bench.journey_burst:run",
    "segments": "bench.segments:run",
    "preview": "bench.preview:run",
    "segments_live": "bench.segments_live:run",
    "flips": "bench.flips:run",
    "delivery": "bench.delivery:run",
    "campaign": "bench.campaign:run",
    "import_year": "bench.import_year:run",
    "runs_moved": "bench.runs_moved:run",
    "enrolment": "bench.enrolment:run",
    "wakeups": "bench.wakeups:run",
    "fan_out": "bench.fan_out:run",
    "backtest": "bench.backtest:run",
    "idle": "bench.idle:run",
}


def run(only: list[str] | None, json: Path | None, size: str) -> list[Row]:
    """Measure, print, and write JSON where asked."""
    console = Console(width=150)
    rows: list[Row] = []
    for name in only or BENCHES:
        console.print(f"[dim]{name} …[/]")
        module, _, function = BENCHES[name].partition(":")
        measure: Callable[[str], list[Row]] = getattr(import_module(module), function)
        rows += measure(size)
    console.print(_table(rows))
    if json:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(rows)))
    return rows


def _table(rows: list[Row]) -> Table:
    table = Table("name", "ours", "limit", "ratio", "unit", "p50", "wall s", "cpu s", "peak MB", "note")
    for row in rows:
        p50 = "" if row.p50 is None else f"{row.p50:,.1f}"
        table.add_row(
            row.name,
            f"{row.ours:,.1f}",
            f"{row.limit:,.1f}",
            f"{row.ratio:.2f}",
            row.unit,
            p50,
            f"{row.wall_s:.1f}",
            f"{row.cpu_s:.1f}",
            f"{row.peak_mb:.0f}",
            row.note,
        )
    return table
