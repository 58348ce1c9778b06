"""A folder that is ours to write in."""

from __future__ import annotations

import os
from pathlib import Path

from hourglass.kernel.errors import Malformed


def ensure_folder(path: Path) -> None:
    """Make it where it is missing; raises Malformed, with the reason, where nothing can be kept in it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise Malformed(f"{path} is a file; give a folder by --data.") from error
    except OSError as error:
        raise Malformed(f"The folder {path} cannot be made ({error.strerror}); give another by --data.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Malformed(f"This user may not write in {path}; run as its owner, or give another folder by --data.")
