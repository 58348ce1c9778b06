"""Which server process, if any, looks after a database folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from msgspec import Struct


class PidFile(Struct, frozen=True, kw_only=True):
    """What a server wrote about itself; it may be long dead."""

    pid: int
    socket_folder: Path
    ready: bool


def read_pid_file(folder: Path) -> PidFile | None:
    """The `postmaster.pid` of a database folder: id, folder, start, port, socket folder, address, memory, status."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return PidFile(pid=int(lines[0]), socket_folder=Path(lines[4]), ready=lines[7:8] == ["ready   "])
    except (OSError, ValueError, IndexError):
        return None


def living_server(folder: Path) -> PidFile | None:
    """The server of this folder, if its process lives; a stale pid file does not count."""
    written = read_pid_file(folder)
    return written if written is not None and str(folder) in _command_of(written.pid) else None


def process_exists(pid: int) -> bool:
    """Whether a process, be it a zombie, has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_of(pid: int) -> str:
    """The command line of a process; empty for a zombie or when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.strip()
