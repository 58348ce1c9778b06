"""Keeps what recent previews read, so that the next one, with other numbers, is quick.

The large files of the lake change seldom: their rows are kept as they were read, by what was asked of them. Small files
and what waits in the queue are read anew each time, so a preview is always of now.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime

import polars as pl
from msgspec.structs import replace

from hourglass.audience.build.branches import Branch
from hourglass.audience.build.frames import Lake, lake_frame
from hourglass.lake import EVENT_COLUMNS

_LARGE = 4 * 2**20
_KEPT = 384 * 2**20
_WORTH = 1536 * 2**20
"""Bytes of files whose rows may be held in memory while they are read; more is read in a stream, every time."""


class Warm:
    """Frames of the large files, the least used forgotten first; shared by threads."""

    def __init__(self, most: int = _KEPT, large: int = _LARGE) -> None:
        self._most, self._large = most, large
        self._frames: OrderedDict[Hashable, tuple[datetime | None, pl.DataFrame]] = OrderedDict()
        self._lock = threading.Lock()

    def frame(self, lake: Lake, branch: Branch, now: datetime) -> pl.LazyFrame:
        """The same as `lake_frame`."""
        files = lake.picture.files
        large = [file for file in files if file.size >= self._large]
        if not large or sum(file.size for file in large) > _WORTH:
            return lake_frame(lake, branch, now)
        since = None if branch.window is None else now - branch.window
        kept = self._read(replace(lake, picture=replace(lake.picture, files=large, waiting=_NONE)), branch, since, now)
        small = replace(lake.picture, files=[file for file in files if file.size < self._large])
        found = pl.concat([kept.lazy(), lake_frame(replace(lake, picture=small), branch, now)])
        return found if since is None else found.filter(pl.col("at") >= since)

    def _read(self, lake: Lake, branch: Branch, since: datetime | None, now: datetime) -> pl.DataFrame:
        key = _key(lake, branch)
        with self._lock:
            known = self._frames.get(key)
            if known is not None and (known[0] is None or (since is not None and known[0] <= since)):
                self._frames.move_to_end(key)
                return known[1]
        found = lake_frame(lake, branch, now).collect(engine="streaming")
        with self._lock:
            self._frames[key] = (since, found)
            self._frames.move_to_end(key)
            while self._frames and sum(frame.estimated_size() for _, frame in self._frames.values()) > self._most:
                self._frames.popitem(last=False)
        return found


_NONE = EVENT_COLUMNS.to_frame()


def _key(lake: Lake, branch: Branch) -> Hashable:
    needs = branch.needs
    asked = (frozenset(needs.events), needs.properties, needs.local, branch.lines)
    who = (lake.identities.height, int(lake.identities.hash_rows().sum() or 0))
    return (lake.workspace.id, lake.workspace.zone, tuple(file.path for file in lake.picture.files), asked, who)
