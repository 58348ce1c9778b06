"""Files that only their owner may read: keys and secrets, which stand outside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def keep(place: Path, octets: bytes) -> bytes:
    """Write a private file (0600) unless there is one; what it holds now.

    Written aside and linked, so that another process sees either no file or a whole one.
    """
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    try:
        place.hardlink_to(aside)
    except FileExistsError:
        pass  # somebody was quicker; theirs counts
    finally:
        aside.unlink()
    return place.read_bytes()
