"""A rolling window: the latest moments at which somebody passed, and when one more may."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_EXACT = 100
"""So many moments are kept as they are; of more that may pass, a hundredth of the period is one moment, its end."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rolling:
    """In no span of this length do more than `at_most` pass, wherever it begins."""

    def __init__(
        self, at_most: int, per: timedelta, moments: Sequence[datetime] = (), counts: Sequence[int] = ()
    ) -> None:
        self._at_most, self._per = at_most, per
        self._grain = timedelta() if at_most <= _EXACT else per / _EXACT
        self._kept = deque(zip(moments, counts, strict=True))
        self._total = sum(counts)

    def free(self, at: datetime) -> datetime:
        """The first moment, not before `at`, at which one more may pass."""
        return at if self._total < self._at_most else max(at, self._kept[0][0] + self._per)

    def take(self, at: datetime) -> datetime:
        """The same, and it is taken."""
        moment = self.free(at)
        while self._kept and self._kept[0][0] + self._per <= at:
            self._total -= self._kept.popleft()[1]
        if self._total == self._at_most:
            self._drop_one()
        self._put(moment)
        return moment

    def copy(self) -> Rolling:
        """To try what would be."""
        return Rolling(self._at_most, self._per, self.moments, self.counts)

    @property
    def moments(self) -> list[datetime]:
        """What is to be kept, oldest first."""
        return [moment for moment, _ in self._kept]

    @property
    def counts(self) -> list[int]:
        """How many of each."""
        return [count for _, count in self._kept]

    def _drop_one(self) -> None:
        """The oldest no longer matters: whoever comes next is held against the one after it."""
        moment, count = self._kept.popleft()
        if count > 1:
            self._kept.appendleft((moment, count - 1))
        self._total -= 1

    def _put(self, moment: datetime) -> None:
        rounded = moment + (_EPOCH - moment) % self._grain if self._grain else moment
        count = 1
        if self._kept and self._kept[-1][0] >= rounded:
            rounded, before = self._kept.pop()
            count += before
        self._kept.append((rounded, count))
        self._total += 1
