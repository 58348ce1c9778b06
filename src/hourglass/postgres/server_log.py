"""What the embedded server complains about."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

_LIMIT = 8 << 20


class ServerLog:
    """The server's log file; one old one is kept beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def trim(self) -> None:
        """Put a long log aside, if there is room. The server appends, so cutting the file under it is safe."""
        with suppress(OSError):
            if self.path.stat().st_size > _LIMIT:
                shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
                os.truncate(self.path, 0)

    def end(self) -> str:
        """The last lines, for an error message."""
        with suppress(FileNotFoundError):
            return "\n".join(self.path.read_text(errors="replace").splitlines()[-8:])
        return "(no log)"
