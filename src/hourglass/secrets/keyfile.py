"""Keys in files that only their owner may read, written so that nobody ever sees half of one."""

from __future__ import annotations

import os
import secrets
from binascii import unhexlify
from pathlib import Path


def keep_secret(place: Path) -> bytes:
    """The 32 octets kept in this file; made at the first call, by whichever process is first (0600)."""
    if not place.exists():
        aside = _aside(place, [secrets.token_bytes(32)])
        try:
            place.hardlink_to(aside)
        except FileExistsError:
            pass  # somebody was quicker; theirs counts
        finally:
            aside.unlink()
    return read_keys(place)[0]


def read_keys(place: Path) -> list[bytes]:
    """Every key of the file, one a line in hex, the one in force first."""
    return [unhexlify(line) for line in place.read_text("ascii").split()]


def replace_keys(place: Path, keys: list[bytes]) -> None:
    """Put these keys in the place of what the file held; a reader sees all of the old or all of the new."""
    _aside(place, keys).replace(place)


def _aside(place: Path, keys: list[bytes]) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(key.hex() for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return aside
