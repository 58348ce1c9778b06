"""A batch on its way through the tick: events, their places in the log, and the people behind them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from hourglass.events import Event


class Batch:
    """Parallel lists, one entry an event, in the order of the log."""

    def __init__(
        self,
        events: Sequence[Event],
        seqs: Sequence[int],
        identity_ids: Sequence[int],
        profile_ids: Sequence[int],
    ) -> None:
        self.events = events
        self.seqs = seqs
        self.identity_ids = identity_ids
        self.profile_ids = profile_ids

    @cached_property
    def names(self) -> set[str]:
        """The event names that occur."""
        return {event.name for event in self.events}

    def __len__(self) -> int:
        return len(self.events)
