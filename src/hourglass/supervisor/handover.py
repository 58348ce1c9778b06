"""What a role process gets from the supervisor: its settings, and the word when to stop."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from hourglass.kernel import Settings

STOP_SECONDS = 20.0
"""How long a role may take to stop cleanly."""


def pack_settings(settings: Settings) -> bytes:
    """Settings as they travel to a role by its standard input: no password ever stands in a process list."""
    return msgspec.json.encode(settings, enc_hook=str)


def unpack_settings(stream: BinaryIO) -> Settings:
    """Settings from standard input."""
    return msgspec.json.decode(stream.read(), type=Settings, dec_hook=_path)


def stop_signal(seconds: float = STOP_SECONDS) -> threading.Event:
    """An event that SIGTERM or SIGINT sets; a role still there `seconds` later is ended by the system."""
    stop = threading.Event()

    def heard(*_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        # Not set here: the main thread may be inside the event's own lock right now.
        threading.Thread(target=stop.set).start()

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, heard)
    return stop


def _path(kind: type, value: Any) -> Any:
    return Path(value) if kind is Path else value
