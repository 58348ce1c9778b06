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


def disown(lock_file: Path) -> None:
    """Make a dead server's lock file stale in the eyes of the next one, whoever has its process id now.

    The id of its parent, PostgreSQL takes for stale; unlike a missing file, that still lets it see whether sessions of
    the dead server are using the memory.
    """
    try:
        lines = lock_file.read_text().splitlines(keepends=True)
    except OSError:
        return
    if lines:
        lock_file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    else:
        lock_file.unlink()


def _command_of(pid: int) -> str:
    """The command line of a process; empty for a zombie or when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.strip()
