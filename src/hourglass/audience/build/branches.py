"""Conditions taken apart by the events they speak of: each part reads only those events, only as far back, only once.

A leaf over the rows of all other leaves would look at every event of the lake; over its own events it looks at a few
percent of them. What is in one branch shares its pass. The number of leaves in a branch bounds its memory: a pass holds
a few numbers a person and leaf until it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from msgspec import Struct

from hourglass.audience.columns.needs import Needs, together
from hourglass.audience.leaves import Leaf
from hourglass.audience.tree.compile import Compiled
from hourglass.history import TYPED

_BYTES_A_LEAF = 25
_BYTES = 1000 * 2**20


class Branch(Struct, frozen=True, kw_only=True):
    """Leaves about the same events, by the name of their column."""

    lines: bool
    leaves: dict[str, Leaf]

    @property
    def needs(self) -> Needs:
        """What all of them read."""
        return together(leaf.needs() for leaf in self.leaves.values())

    @property
    def window(self) -> timedelta | None:
        """How far back they look; None: ever."""
        windows = list(self.needs.events.values())
        known = [window for window in windows if window is not None]
        return max(known) if known and len(known) == len(windows) else None


def branches(compiled: Compiled, people: int) -> list[Branch]:
    """Every leaf about events, in one branch each; `people` are the rows a branch may come to have."""
    most = max(1, _BYTES // (_BYTES_A_LEAF * max(1, people)))
    return [branch for group in _alike(compiled, _by_what_is_read) for branch in _cut(group, most)]


def wide_branches(compiled: Compiled, most: int) -> list[Branch]:
    """The same for an engine to which passes are dear: as few as can be, leaves about the same events together."""
    groups = [sorted(group, key=_events) for group in _alike(compiled, _by_shape)]
    return [branch for group in groups for branch in _cut(group, most)]


def _alike(compiled: Compiled, key: Callable[[Leaf, Needs], tuple[object, ...]]) -> list[list[tuple[str, Leaf]]]:
    found: dict[tuple[object, ...], list[tuple[str, Leaf]]] = {}
    for leaf, column in compiled.leaves.items():
        if leaf.source != "people":
            found.setdefault(key(leaf, leaf.needs()), []).append((column, leaf))
    return list(found.values())


def _by_what_is_read(leaf: Leaf, needs: Needs) -> tuple[object, ...]:
    # Opening JSON costs more than all else, so leaves that want nothing out of it do not pay for it.
    opened = frozenset(name for name in needs.properties if name not in TYPED)
    return leaf.source, frozenset(needs.events), opened, leaf.in_order, needs.own


def _by_shape(leaf: Leaf, needs: Needs) -> tuple[object, ...]:
    return leaf.source, leaf.in_order, needs.own


def _events(told: tuple[str, Leaf]) -> list[str]:
    return sorted(told[1].needs().events)


def _cut(group: list[tuple[str, Leaf]], most: int) -> Iterator[Branch]:
    for start in range(0, len(group), most):
        part = group[start : start + most]
        yield Branch(lines=part[0][1].source == "lines", leaves=dict(part))
