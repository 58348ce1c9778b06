"""A folder that is ours to write in, and nobody else's to read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from hourglass.kernel.errors import Malformed

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private() -> None:
    """Files that this process and its children make from now on are for their own user: they hold people's data."""
    os.umask(_OTHERS)


def ensure_folder(path: Path) -> None:
    """Make it where it is missing, for us alone; raises Malformed, with the reason, where nothing can be kept in it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise Malformed(f"{path} is a file; give a folder by --data.") from error
    except OSError as error:
        raise Malformed(f"The folder {path} cannot be made ({error.strerror}); give another by --data.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Malformed(f"This user may not write in {path}; run as its owner, or give another folder by --data.")
    with suppress(PermissionError):  # it belongs to somebody who lets us write in it
        _close_to_others(path)


def _close_to_others(path: Path) -> None:
    """One that stood open is closed to reading. Its group stays, and passing: PostgreSQL may be another user."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        path.chmod(mode & ~(stat.S_IROTH | stat.S_IWOTH))
