"""Who serves a data folder: one supervisor at a time, and a small file that says which processes it runs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from hourglass.kernel import Conflict, ensure_folder

_FILE = "serve.json"


class Serving(Struct, frozen=True, kw_only=True):
    """What runs on a data folder, for `doctor` and the crash tests."""

    pid: int
    """The supervisor."""
    host: str
    port: int
    roles: dict[str, int]
    """Process ids by role; a role that is about to be started again is missing."""


def read_serving(data: Path) -> Serving | None:
    """What runs on this folder, or None; a file left behind by a crash does not count."""
    try:
        found = msgspec.json.decode((data / _FILE).read_bytes(), type=Serving)
        os.kill(found.pid, 0)
    except (OSError, msgspec.DecodeError):
        return None
    return found


def write_serving(data: Path, serving: Serving) -> None:
    """Say what runs; a reader sees the old text or the new one, never a half."""
    draft = data / f"{_FILE}.new"
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(serving)))
    draft.replace(data / _FILE)


@contextmanager
def only_one(data: Path) -> Generator[None]:
    """Hold the folder; raises Conflict when another supervisor does. A crash frees it."""
    ensure_folder(data)
    handle = os.open(data / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, data)
        try:
            yield
        finally:
            (data / _FILE).unlink(missing_ok=True)
    finally:
        os.close(handle)


def _lock(handle: int, data: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        other = read_serving(data)
        who = "" if other is None else f" (process {other.pid}, http://{other.host}:{other.port})"
        raise Conflict(
            f"Hourglass already serves {data}{who}. Stop it first, or give another folder by --data."
        ) from error
