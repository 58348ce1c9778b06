"""Starts work beside the engine; when the engine goes, even by SIGKILL, the work goes with it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.kernel import Workspace


def start_beside(
    module: str, url: str, data: Path, workspace: Workspace, now: datetime, pace: float = 1.0
) -> subprocess.Popen[bytes]:
    """`python -m module` with its order; it ends by itself when its standard input is closed."""
    order = {"url": url, "data": str(data), "workspace_id": workspace.id, "now": now, "pace": pace}
    process = subprocess.Popen([sys.executable, "-m", module], stdin=subprocess.PIPE, process_group=0)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(order) + b"\n")
    process.stdin.flush()
    return process
