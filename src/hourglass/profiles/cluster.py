"""People are a pure function of the evidence: the same links give the same people, in whatever order they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from hourglass.profiles.identifiers import ANONYMOUS, STRENGTH, USER, Identifier
from hourglass.profiles.links import DEVICE, MERGE, STATED, Limits, Link, Pair, canonical


class Verdict(Struct, frozen=True, gc=False):
    """What became of a link, and why when it was not applied."""

    state: str
    reason: str | None = None


class Clusters(Struct, frozen=True):
    """The groups of identity ids, each one person, and the verdict on every link that counts."""

    groups: list[list[int]]
    verdicts: dict[Pair, Verdict]


_APPLIED = Verdict("applied")
_USER, _ANONYMOUS = STRENGTH[USER], STRENGTH[ANONYMOUS]
_KINDS = tuple(STRENGTH)
_ONE = {kind: [int(other == kind) for other in _KINDS] for kind in _KINDS}
Counts = list[int]
"""Identifiers of one person by kind, the strongest kind first."""


class _Forest:
    """Union-find that remembers how many identifiers of each kind a person has."""

    def __init__(self, names: Mapping[int, Identifier]) -> None:
        self._parent = {node: node for node in names}
        self.counts = {node: _ONE[name.kind] for node, name in names.items()}

    def root(self, node: int) -> int:
        """The identifier that stands for the person at the moment."""
        parent = self._parent
        while (above := parent[node]) != node:
            parent[node] = node = parent[above]
        return node

    def unite(self, one: int, other: int) -> None:
        """Two people become one; the bigger tree takes the smaller."""
        mine, theirs = self.counts[one], self.counts[other]
        if sum(mine) < sum(theirs):
            one, other = other, one
        self._parent[other] = one
        self.counts[one] = [left + right for left, right in zip(mine, theirs, strict=True)]

    def groups(self) -> list[list[int]]:
        """Everybody, each as the sorted list of identity ids."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for node in sorted(self._parent):
            found[self.root(node)].append(node)
        return list(found.values())


def cluster(names: Mapping[int, Identifier], links: Iterable[Link], limits: Limits) -> Clusters:
    """Apply the evidence in its canonical order; what would glue two people together is refused, with the reason."""
    forest = _Forest(names)
    verdicts: dict[Pair, Verdict] = {}
    evidence = [link for link in links if link.counts]
    evidence.sort(key=lambda link: canonical(link, names[link.low], names[link.high]))
    for link in evidence:
        one, other = forest.root(link.low), forest.root(link.high)
        verdict = _APPLIED if one == other else _judge(link, names, forest.counts[one], forest.counts[other], limits)
        if verdict is _APPLIED and one != other:
            forest.unite(one, other)
        verdicts[link.pair] = verdict
    return Clusters(forest.groups(), verdicts)


def _judge(link: Link, names: Mapping[int, Identifier], one: Counts, other: Counts, limits: Limits) -> Verdict:
    """Whether a link may make one person of two."""
    if link.kind == MERGE:
        return _APPLIED
    if link.kind == DEVICE and _known(one) and _known(other):
        return Verdict("refused", "shared_device")
    if one[_USER] and other[_USER]:
        people = link.kind == STATED and names[link.low].known and names[link.high].known
        return Verdict("review", "two_people") if people else Verdict("refused", "shared_device")
    for kind, mine, theirs in zip(_KINDS, one, other, strict=True):
        if mine and theirs and mine + theirs > limits.person[kind]:
            return Verdict("refused", f"too_many_{kind}s")
    return _APPLIED


def _known(counts: Counts) -> bool:
    return sum(counts) > counts[_ANONYMOUS]
