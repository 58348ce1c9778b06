"""What a journey has to do with: the events, segments and lists that can make a difference to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from hourglass.audience import SEGMENT, Condition, Leaf, parse_condition
from hourglass.definitions import Definition, live
from hourglass.journeys import Journey, OnProduct, leaves_in, texts_in
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction


class Matter(Struct, frozen=True, kw_only=True):
    """Names and windows that conditions ask about, and segments by key (lists by number)."""

    events: dict[str, timedelta | None]
    """By name, how far back (None: ever)."""
    names: frozenset[str]
    """Texts of the journey and its segments that may name events."""
    segments: list[str]
    lists: list[int]

    @property
    def window(self) -> timedelta | None:
        """As far back as any of them; None: ever."""
        spans = list(self.events.values())
        return None if None in spans else max((span for span in spans if span), default=timedelta())


def matter_of(tx: Transaction, workspace_id: WorkspaceId, journey: Journey) -> Matter:
    """What this journey asks about, also by way of segments that are made of segments."""
    known = {found.key: found for found in live(tx, workspace_id, SEGMENT.name)}
    wanted = _closure(texts_in(journey) & known.keys(), known)
    asked = [*leaves_in(journey), *(leaf for key in wanted for leaf in leaves_in(_when(known[key])))]
    way = journey.entry.way
    interest = dict(way.interested) if isinstance(way, OnProduct) else {}
    looks = {"Product Viewed", "Product Clicked"} if interest else set[str]()
    return Matter(
        events=_windows(asked) | interest,
        names=frozenset(texts_in(journey) | looks).union(*(leaf.needs().watched for leaf in asked)),
        segments=sorted(wanted),
        lists=[known[key].id for key in wanted if _when(known[key]) is None],
    )


def _closure(keys: set[str], known: dict[str, Definition]) -> set[str]:
    found: set[str] = set()
    rest = set(keys)
    while rest:
        key = rest.pop()
        found.add(key)
        rest |= (texts_in(_when(known[key])) & known.keys()) - found
    return found


def _when(segment: Definition) -> Condition | None:
    when = segment.body.get("when")
    return None if when is None else parse_condition(when, "when")


def _windows(asked: Iterable[Leaf]) -> dict[str, timedelta | None]:
    windows: dict[str, timedelta | None] = {}
    for leaf in asked:
        for name, window in leaf.needs().events.items():
            widest = windows.get(name, window)
            windows[name] = None if widest is None or window is None else max(widest, window)
    return windows
