"""Memory that a burst of work took goes back to the system, instead of staying with the process for ever."""

from __future__ import annotations

import ctypes
import threading

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ARENAS = 2
_EVERY = 60.0


def share_memory(stop: threading.Event, *, every: float = _EVERY) -> None:
    """Once, before the role is loaded: few pools of memory, and each minute what is free in them is given back.

    Left alone the C library makes a pool for each thread, and keeps what the largest batch once needed.
    """
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):  # another C library than glibc
        return
    library.mallopt(_ARENA_MAX, _ARENAS)
    threading.Thread(target=_give_back, args=(library, stop, every), name="memory", daemon=True).start()


def _give_back(library: ctypes.CDLL, stop: threading.Event, every: float) -> None:
    while not stop.wait(every):
        library.malloc_trim(0)
