"""Room on the disk: what is acknowledged must have somewhere to be."""

from __future__ import annotations

import os
from pathlib import Path

from hourglass.kernel import Unavailable, monotonic

_AGAIN = 1.0


class FreeDisk:
    """Watches the disk of a folder; looks at most once a second."""

    def __init__(self, folder: Path, min_free_mb: int) -> None:
        self._folder = folder
        self._least = min_free_mb * 1_000_000
        self._looked = -_AGAIN
        self._full = False

    def demand(self) -> None:
        """Raises Unavailable while there is too little room."""
        now = monotonic()
        if now - self._looked >= _AGAIN:
            self._looked = now
            self._full = self._free() < self._least
        if self._full:
            raise Unavailable("The server's disk is nearly full, so nothing more is accepted until there is room.")

    def _free(self) -> int:
        try:
            found = os.statvfs(self._folder)
        except OSError:
            return self._least
        return found.f_bavail * found.f_frsize
