"""Fifty different segments over a whole lake from cold files, beside the best that was written by hand for them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import polars as pl
from msgspec import Struct

from bench import segments_by_hand
from bench.row import Row
from bench.segments_lake import NOW, WORKSPACE, fill, people_frame
from bench.segments_shapes import conditions
from hourglass.audience import compile_conditions, parse_condition
from hourglass.audience.build import Lake, answer_all
from hourglass.lake import EVENT_COLUMNS, Picture
from hourglass.lake.table import data_files, find_table

_SEGMENTS = 50
_TIMES = 3


class Spent(Struct, kw_only=True):
    """What one run took, and how many members each segment came to have."""

    wall: float
    cpu: float
    peak: float
    members: list[int]


def run(size: str) -> list[Row]:
    """CPU seconds, the least of three runs: others work on the machine, too. Twice as many segments beside it."""
    events, people = (1_000_000, 50_000) if size == "small" else (20_000_000, 1_000_000)
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder:
        fill(Path(folder), events, people)
        spent = {name: _best(name, folder, people, _SEGMENTS) for name in ("ours", "polars", "duckdb")}
        twice = _best("ours", folder, people, 2 * _SEGMENTS)
    assert spent["ours"].members == spent["polars"].members == spent["duckdb"].members
    ours, limit = spent["ours"], min(spent["polars"], spent["duckdb"], key=lambda one: one.cpu)
    others = ", ".join(f"{name} {spent[name].cpu:.1f} s {spent[name].peak:.0f} MB" for name in ("polars", "duckdb"))
    return [
        Row(
            name="segments",
            ours=ours.cpu,
            limit=limit.cpu,
            unit="CPU s",
            wall_s=ours.wall,
            cpu_s=ours.cpu,
            peak_mb=ours.peak,
            note=f"{events:,} events; by hand: {others}; 100 segments {twice.cpu:.1f} s {twice.peak:.0f} MB",
        )
    ]


def _best(name: str, folder: str, people: int, count: int) -> Spent:
    return min((_once(name, folder, people, count) for _ in range(_TIMES)), key=lambda one: one.cpu)


def _once(name: str, folder: str, people: int, count: int) -> Spent:
    """In a process of its own, so that its memory is its own; its files out of the page cache."""
    for path in Path(folder).rglob("*.parquet"):
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
    command = [sys.executable, "-m", "bench.segments", name, folder, str(people), str(count)]
    done = subprocess.run(command, capture_output=True, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Spent)


def ours(data: Path, people: pl.DataFrame, count: int) -> pl.DataFrame:
    """As a build does it, the next moment of change included."""
    compiled = compile_conditions({key: parse_condition(one) for key, one in conditions(count).items()}, WORKSPACE)
    table = find_table(data)
    assert table is not None
    picture = Picture(files=data_files(data, table), waiting=EVENT_COLUMNS.to_frame())
    nobody = pl.DataFrame(schema={"identity_id": pl.Int64, "profile_id": pl.Int64})
    lake = Lake(picture=picture, workspace=WORKSPACE, identities=nobody)
    return answer_all(compiled, people.rename({"profile_id": "subject"}), lake, NOW)


def _main(name: str, folder: str, people: int, count: int) -> None:
    ways = {"ours": ours, "polars": segments_by_hand.polars, "duckdb": segments_by_hand.duckdb}
    known = people_frame(people)
    wall, cpu = time.perf_counter(), time.process_time()
    found = ways[name](Path(folder), known, count)
    spent = Spent(
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        members=[int(found[f"segment-{place}"].sum()) for place in range(count)],
    )
    print(msgspec.json.encode(spent).decode(), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
