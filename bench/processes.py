"""What the machine says of processes."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> set[int]:
    """The process and all below it."""
    found = {pid}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= family(int(child))
    return found


def cpu_of(pid: int) -> float:
    """Its CPU seconds; 0 for one that is gone."""
    return _seconds(pid, 11, 13)


def cpu_of_gone(pid: int) -> float:
    """The CPU seconds of its children that are gone."""
    return _seconds(pid, 13, 15)


def _seconds(pid: int, first: int, behind: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[first:behind]) / _TICKS
