"""Runs the benches by name and prints the table."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bench.row import Row

# Name → module; each has `run(size) -> list[Row]`. In the order of the table of budgets.
BENCHES = {
    "ingest_single": "bench.ingest_single",
    "ingest_batch": "bench.ingest_batch",
    "tick": "bench.tick",
    "latency_idle": "bench.latency_idle",
    "latency_load": "bench.latency_load",
    "journey_burst": "bench.journey_burst",
    "import_year": "bench.import_year",
    "runs_moved": "bench.runs_moved",
    "idle": "bench.idle",
}


def run(only: list[str] | None, json: Path | None, size: str) -> list[Row]:
    """Measure, print, and write JSON where asked."""
    console = Console(width=150)
    rows: list[Row] = []
    for name in only or BENCHES:
        console.print(f"[dim]{name} …[/]")
        measure: Callable[[str], list[Row]] = import_module(BENCHES[name]).run
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
