"""What was needed once is given back; measured in a process of its own, by what the system says."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

BURST = """
import threading, time
from pathlib import Path
from hourglass.app.memory import share_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

stop = threading.Event()
share_memory(stop, every=0.05)
before = resident()
burst = [bytes(4000) for _ in range(20_000)]
last = burst[-1]  # what lies above the rest keeps it from going back by itself
del burst
deadline = time.monotonic() + 30
while resident() - before > 40_000_000:
    assert time.monotonic() < deadline, "it stays"
    time.sleep(0.01)
stop.set()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked to give back")
def test_what_a_burst_took_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", BURST], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
