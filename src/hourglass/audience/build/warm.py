"""Keeps what recent previews read, so that the next one, with other numbers, is quick.

What waits for the lake is read anew each time, and files as they come, so a preview is always of now. Memory is
bounded; whoever keeps a `Warm` gives it back when nobody asks any more.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import datetime

from hourglass.audience.build.branches import Branch
from hourglass.audience.build.frames import Lake, Rows, whole_lake
from hourglass.audience.build.shelf import Shelf, TooLarge

_MOST = 640 * 2**20
_KNOWN = 64


class Warm:
    """Shelves by what they hold, the least used forgotten first; shared by threads.

    `most`: bytes of all of them together; `beside`: rows that one leaves unordered.
    """

    def __init__(self, most: int = _MOST, beside: int | None = None) -> None:
        self._most, self._beside = most, beside
        self._shelves: OrderedDict[Hashable, Shelf] = OrderedDict()
        self._too_large: OrderedDict[Hashable, int] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self, lake: Lake, branch: Branch, now: datetime) -> Sequence[Rows]:
        """The same as `whole_lake`, from memory as far as it goes."""
        key = (lake.workspace.id, lake.workspace.currency, frozenset(branch.needs.events), branch.lines)
        size = sum(file.size for file in lake.picture.files)
        with self._lock:
            # What once was too large is not tried again before the lake is half as large.
            if size > self._too_large.get(key, size) // 2 and key in self._too_large:
                return whole_lake(lake, branch, now)
            shelf = self._shelves.pop(key, None) or self._new(branch)
            try:
                found = shelf.rows(lake, branch, now)
            except TooLarge:
                self._too_large[key] = size
                while len(self._too_large) > _KNOWN:
                    self._too_large.popitem(last=False)
                return whole_lake(lake, branch, now)
            self._shelves[key] = shelf
            while self.size > self._most:
                self._shelves.popitem(last=False)
            return found

    @property
    def size(self) -> int:
        """Bytes that are held, also while another thread takes a shelf."""
        return sum(shelf.size for shelf in list(self._shelves.values()))

    def forget(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._shelves.clear()

    def _new(self, branch: Branch) -> Shelf:
        return Shelf(branch, self._most) if self._beside is None else Shelf(branch, self._most, self._beside)
