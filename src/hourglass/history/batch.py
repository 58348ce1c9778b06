"""A batch on its way through the tick: events, their places in the log, and the people behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import KeysView, Sequence
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
    def places(self) -> dict[str, list[int]]:
        """By event name, where its events stand: looked for once, however many ask."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, event in enumerate(self.events):
            places[event.name].append(place)
        return dict(places)

    @property
    def names(self) -> KeysView[str]:
        """The event names that occur."""
        return self.places.keys()

    def people(self, name: str) -> list[int]:
        """Whose the events of this name are, one entry an event."""
        return [self.profile_ids[place] for place in self.places[name]]

    def __len__(self) -> int:
        return len(self.events)
