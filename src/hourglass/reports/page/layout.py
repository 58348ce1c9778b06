"""Where the steps of a graph stand: in layers from the top down, neighbours close together (after Sugiyama 1981).

A way that passes a layer by gets a place in it, too, so that no line runs through a step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

_SWEEPS = 8
_STRAIGHTEN = 24

Place = tuple[str, int]
"""A step in its layer; or, of a way that passes by, the name of the way and the layer."""


class Layout(Struct, frozen=True, kw_only=True):
    """Columns are centres, in steps' widths; layers count from the top."""

    columns: dict[str, float]
    layers: dict[str, int]
    bends: dict[tuple[str, str], list[tuple[float, int]]]
    """Where a way passes layers by, from its beginning to its end."""
    width: float
    """In steps."""
    depth: int


def layout(names: Sequence[str], ways: Iterable[tuple[str, str]]) -> Layout:
    """Lay out a graph; `names` in the order in which they are to be met, the first on top."""
    pairs = list(dict.fromkeys(pair for pair in ways if pair[0] != pair[1]))
    layers = _layers(names, pairs)
    rows, chains = _rows(names, pairs, layers)
    links = _links(chains.values())
    for sweep in range(_SWEEPS):
        _sort(rows, links, downwards=sweep % 2 == 0)
    columns = _columns(rows, links)
    least = min(columns.values(), default=0.0)
    return Layout(
        columns={name: columns[name, layers[name]] - least for name in names},
        layers=layers,
        bends={pair: [(columns[place] - least, place[1]) for place in chain[1:-1]] for pair, chain in chains.items()},
        width=max(columns.values(), default=0.0) - least + 1,
        depth=max(layers.values(), default=0) + 1,
    )


def _layers(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Each as far down as its longest way from above; ways that lead back up do not count."""
    rank = {name: place for place, name in enumerate(names)}
    above: defaultdict[str, list[str]] = defaultdict(list)
    for origin, to in pairs:
        if rank[origin] < rank[to]:
            above[to].append(origin)
    layers: dict[str, int] = {}
    for name in names:
        layers[name] = max((layers[one] + 1 for one in above[name]), default=0)
    return layers


def _rows(
    names: Sequence[str], pairs: Sequence[tuple[str, str]], layers: Mapping[str, int]
) -> tuple[list[list[Place]], dict[tuple[str, str], list[Place]]]:
    rows: list[list[Place]] = [[] for _ in range(max(layers.values(), default=0) + 1)]
    for name in names:
        rows[layers[name]].append((name, layers[name]))
    chains: dict[tuple[str, str], list[Place]] = {}
    for origin, to in pairs:
        low, high = sorted((layers[origin], layers[to]))
        passed = [(f"{origin}→{to}", layer) for layer in range(low + 1, high)]
        for place in passed:
            rows[place[1]].append(place)
        if layers[origin] > layers[to]:
            passed.reverse()
        chains[origin, to] = [(origin, layers[origin]), *passed, (to, layers[to])]
    return rows, chains


def _links(chains: Iterable[Sequence[Place]]) -> dict[Place, list[Place]]:
    links: defaultdict[Place, list[Place]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            links[one].append(other)
            links[other].append(one)
    return links


def _sort(rows: list[list[Place]], links: Mapping[Place, list[Place]], *, downwards: bool) -> None:
    """Each in the middle of its neighbours in the row before."""
    order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
    for at in order:
        before = {place: float(i) for i, place in enumerate(rows[at - 1 if downwards else at + 1])}
        middle = {place: _average(before, links.get(place, ()), float(i)) for i, place in enumerate(rows[at])}
        rows[at].sort(key=lambda place, middle=middle: middle[place])


def _average(known: Mapping[Place, float], places: Iterable[Place], otherwise: float) -> float:
    near = [known[place] for place in places if place in known]
    return sum(near) / len(near) if near else otherwise


def _columns(rows: list[list[Place]], links: Mapping[Place, list[Place]]) -> dict[Place, float]:
    """Pulled towards their neighbours again and again, never closer than one step's width."""
    columns = {place: i - len(row) / 2 for row in rows for i, place in enumerate(row)}
    for turn in range(_STRAIGHTEN):
        for row in rows if turn % 2 == 0 else reversed(rows):
            wished = [_average(columns, links.get(place, ()), columns[place]) for place in row]
            columns.update(zip(row, _spread(wished), strict=True))
    return columns


def _spread(wished: Sequence[float]) -> list[float]:
    """The wishes, moved apart to one step's width as little as can be: from the left and from the right, in between."""
    from_left: list[float] = []
    for x in wished:
        from_left.append(x if not from_left else max(x, from_left[-1] + 1))
    from_right: list[float] = []
    for x in reversed(wished):
        from_right.append(x if not from_right else min(x, from_right[-1] - 1))
    return [(left + right) / 2 for left, right in zip(from_left, reversed(from_right), strict=True)]
