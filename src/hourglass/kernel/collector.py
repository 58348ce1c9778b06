"""The garbage collector of a process that works in batches: what a batch makes dies with it, by itself."""

from __future__ import annotations

import gc

_YOUNG_OBJECTS = 200_000  # about what one large batch holds at a time


def calm_collector() -> None:
    """Once, when the process is loaded: what stands now is never walked again, and cycles are looked for rarely.

    Left alone the collector looks through everything a worker remembers several times a batch, and finds nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 10, 10)
