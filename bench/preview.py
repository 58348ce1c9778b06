"""A preview in the editor over a whole lake: how many, a sample with reasons, and what leaves the others out."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from bench.preview_shapes import QUESTIONS, ByHand
from bench.row import Row, percentile
from bench.segments_lake import CITIES, NOW, fill
from bench.shop import SHOP
from bench.spent import spent
from hourglass import definitions
from hourglass.audience import SEGMENT, Previewer
from hourglass.definitions import Kinds
from hourglass.postgres import Database, EmbeddedServer, list_workspaces, migrate

_FILLING = Path(__file__).with_name("preview.sql")
_TIMES = 5
_BUDGET_MS = 1000.0


def run(size: str) -> list[Row]:
    """Milliseconds of CPU, PostgreSQL's included, of warm previews; beside them the counts alone, by hand."""
    events, people = (1_000_000, 50_000) if size == "small" else (20_000_000, 1_000_000)
    with _shop(events, people) as (database, data):
        with database.transaction() as tx:
            (workspace,) = list_workspaces(tx)
        previewer, cold, warm, waited = Previewer(), list[float](), list[float](), list[float]()
        counts: dict[str, int] = {}
        for name, (document, _) in QUESTIONS.items():
            for number in range(1 + _TIMES):
                began, cpu = time.perf_counter(), spent(database)
                counts[name] = previewer.preview(database, data, workspace, document, NOW).count
                (warm if number else cold).append((spent(database) - cpu) * 1000)
                if number:
                    waited.append((time.perf_counter() - began) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        by_hand = [_by_hand(data, people, asked, counts[name]) for name, (_, asked) in QUESTIONS.items()]
    note = f"{events:,} events, {people:,} people, {len(QUESTIONS)} questions"
    cold_note = f"the first of each: p50 {percentile(cold, 0.5):.0f}, most {max(cold):.0f}"
    wall_note = f"wall p50 {percentile(waited, 0.5):.0f}, p99 {percentile(waited, 0.99):.0f}"
    mean = sum(warm) / len(warm)
    return [
        Row(name="preview", ours=percentile(warm, 0.99), limit=_BUDGET_MS, unit="CPU ms", p50=percentile(warm, 0.5),
            wall_s=sum(waited) / 1000, cpu_s=sum(warm) / 1000, peak_mb=peak, note=f"{note}; {wall_note}; {cold_note}"),
        Row(name="preview_by_hand", ours=mean, limit=sum(by_hand) / len(by_hand), unit="CPU ms",
            p50=percentile(warm, 0.5), cpu_s=sum(by_hand) / 1000, peak_mb=peak,
            note=f"mean of a warm preview; limit: the same counts by Polars from the files, p50"
                 f" {percentile(by_hand, 0.5):.0f}"),
    ]  # fmt: skip


@contextmanager
def _shop(events: int, people: int) -> Generator[tuple[Database, Path]]:
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder:
        data = Path(folder)
        # By a process of its own, so that the memory of this one is that of previews.
        subprocess.run([sys.executable, "-m", "bench.preview", folder, str(events), str(people)], check=True)
        with EmbeddedServer(data, durable=False) as server:
            migrate(server.url)
            database = Database(server.url)
            loyal = {"kind": "segment", "key": "loyal", "when": {"event": "Order Completed", "value": 3}}
            values = {"now": NOW, "people": people, "cities": CITIES}
            with database.transaction() as tx:
                definitions.put(tx, SHOP, loyal, kinds=Kinds([SEGMENT]), author="bench", now=NOW)
                for statement in _FILLING.read_text().split(";\n"):
                    if statement.strip():
                        tx.execute(statement.encode(), {n: v for n, v in values.items() if f"%({n})s" in statement})
            yield database, data
            database.close()


def _by_hand(data: Path, people: int, asked: ByHand, count: int) -> float:
    """CPU milliseconds, the least of three."""
    files = sorted(map(str, (data / "lake" / "events").rglob("*.parquet")))
    events = pl.scan_parquet(files, hive_partitioning=False).filter(pl.col("at") <= NOW)
    who = pl.DataFrame({"profile_id": pl.int_range(1, people + 1, eager=True)}).with_columns(
        city=pl.col("profile_id").mod(len(CITIES)).replace_strict(dict(enumerate(CITIES)), return_dtype=pl.String),
        reachable=(pl.col("profile_id") % 3 == 0) & (pl.col("profile_id") % 4 > 0),
        loyal=pl.col("profile_id") % 5 == 0,
    )
    least = float("inf")
    for _ in range(3):
        began = time.process_time()
        found = asked(events, who.lazy()).select(pl.len()).collect(engine="streaming").item()
        least = min(least, (time.process_time() - began) * 1000)
        assert found == count, (found, count)
    return least


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), lines=True)
