"""What has to be read before conditions can be answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

LINES = "products."
"""Properties of the lines of an order or a cart begin so: they are read from a frame with one row a line."""


class Needs(Struct, frozen=True, kw_only=True):
    """Event names with the longest window (None: ever), properties, and columns of people.

    A column of people is named by who provides it: `trait:city`, `segment:vip`, `consent:email:news`.
    """

    events: dict[str, timedelta | None] = {}
    properties: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    news: frozenset[str] = frozenset()
    """Events that may change columns of people, and are not read themselves."""
    local: bool = False
    """Whether the events need the clock of the workspace."""
    own: bool = False
    """Whether people and events need the clock of the customer."""

    @property
    def watched(self) -> frozenset[str]:
        """The events after which the answer may be another."""
        return self.news.union(self.events)

    @property
    def event_properties(self) -> list[str]:
        """Those that an event has once."""
        return sorted(name for name in self.properties if not name.startswith(LINES))

    @property
    def line_properties(self) -> list[str]:
        """Those that every line of an event has."""
        return sorted(name for name in self.properties if name.startswith(LINES))


def together(each: Iterable[Needs]) -> Needs:
    """What answers all of them."""
    found = list(each)
    windows: dict[str, timedelta | None] = {}
    properties: set[str] = set()
    people: set[str] = set()
    news: set[str] = set()
    for needs in found:
        properties |= needs.properties
        people |= needs.people
        news |= needs.news
        for name, window in needs.events.items():
            widest = windows.get(name, window)
            windows[name] = None if widest is None or window is None else max(widest, window)
    local, own = any(needs.local for needs in found), any(needs.own for needs in found)
    return Needs(
        events=windows,
        properties=frozenset(properties),
        people=frozenset(people),
        news=frozenset(news),
        local=local,
        own=own,
    )
