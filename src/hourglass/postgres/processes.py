"""Which server process, if any, looks after a database folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def postmaster(folder: Path) -> int | None:
    """The process id of the living server of this folder; a stale pid file does not count."""
    pid = written_pid(folder)
    return pid if pid is not None and str(folder) in command_of(pid) else None


def written_pid(folder: Path) -> int | None:
    """The process id in the server's pid file, whether or not it lives."""
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def exists(pid: int) -> bool:
    """Whether a process, be it a zombie, has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def command_of(pid: int) -> str:
    """The command line of a process; empty for a zombie or when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.strip()
