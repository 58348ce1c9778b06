"""Which news concern the runs of which journeys: events and segments that may end them, events that move them on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from hourglass.audience import InSegment, leaves
from hourglass.journeys.document import Journey

_BOUNCED = "Message Bounced"  # the message may leave again, by another channel: whoever is done is asked again first


class Watching(Struct, frozen=True, kw_only=True):
    """Ids of journeys, of any of their versions: people stay on old ones."""

    ending: dict[str, set[int]]
    """By the name of an event that may answer a goal or an exit condition anew."""
    awaiting: dict[str, set[int]]
    """By the name of an event that runs wait for."""
    always: frozenset[int]
    """Any event may change what a goal or an exit condition asks about the person, such as a trait."""
    segments: dict[int, set[int]]
    """By the id of a segment that a goal or an exit condition asks about."""

    def about(self, event: str) -> set[int]:
        """The journeys that an event of this name concerns."""
        return self.ending.get(event, set()) | self.awaiting.get(event, set()) | self.always


def watch(journeys: Iterable[tuple[int, Journey]], segments: Mapping[str, int]) -> Watching:
    """`journeys` with their ids; `segments`: ids by key."""
    ending: dict[str, set[int]] = {}
    awaiting: dict[str, set[int]] = {}
    moves: dict[int, set[int]] = {}
    always: set[int] = set()
    for id_, journey in journeys:
        conditions = [one for one in (journey.goal, journey.exit_when) if one is not None]
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            if isinstance(leaf, InSegment):
                if leaf.key in segments:
                    moves.setdefault(segments[leaf.key], set()).add(id_)
            elif leaf.needs().people:
                always.add(id_)
            for name in leaf.needs().watched:
                ending.setdefault(name, set()).add(id_)
        if journey.program.may_fall_back:
            ending.setdefault(_BOUNCED, set()).add(id_)
        for name in journey.program.awaited:
            awaiting.setdefault(name, set()).add(id_)
    return Watching(ending=ending, awaiting=awaiting, always=frozenset(always), segments=moves)
