"""What a server costs that nobody uses: CPU share and memory (PSS) of all its processes, PostgreSQL included."""

from __future__ import annotations

import time
from pathlib import Path

from bench.installation import installation
from bench.processes import cpu_of, family
from bench.row import Row


def run(size: str) -> list[Row]:
    """Budget: below 1 % of a core and below 400 MB."""
    seconds = 20 if size == "small" else 60
    with installation(people=1000) as live:
        time.sleep(10)
        # The supervisor's family holds the roles too: each process counts once.
        pids = {pid for root in live.pids().values() for pid in family(root)}
        before = sum(cpu_of(pid) for pid in pids)
        time.sleep(seconds)
        share = (sum(cpu_of(pid) for pid in pids) - before) / seconds * 100
        memory = sum(_pss(pid) for pid in pids)
    note = "all processes, PostgreSQL included; limit: the budget"
    return [
        Row(name="idle", ours=share, limit=1.0, unit="% of a core", wall_s=seconds, peak_mb=memory, note=note),
        Row(name="idle_memory", ours=memory, limit=400, unit="MB (PSS)", wall_s=seconds, peak_mb=memory, note=note),
    ]


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
