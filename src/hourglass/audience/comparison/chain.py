"""Events that follow each other, as a document tells them: steps with gaps, and what must not come between or after."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from hourglass.audience.comparison.occurrence import Occurrence
from hourglass.audience.reading import Node
from hourglass.kernel import Malformed

_MOST_STEPS = 10
_WHAT = "a step: {event, where, gap} or {not: {event, where}}"


class Link(Struct, frozen=True):
    """A step: at most `gap` after the one before, with none of `without` between the two."""

    of: Occurrence
    gap: timedelta | None = None
    without: tuple[Occurrence, ...] = ()


class Absence(Struct, frozen=True):
    """None of it after the last step: until now, or within a span."""

    of: Occurrence
    lasting: timedelta | None = None


class Chain(Struct, frozen=True):
    """One link at least; two, or one and an absence, are a sequence."""

    links: tuple[Link, ...]
    after: tuple[Absence, ...] = ()

    @property
    def occurrences(self) -> list[Occurrence]:
        """All that it speaks of."""
        between = [one for link in self.links for one in (*link.without, link.of)]
        return [*between, *(one.of for one in self.after)]


def read_chain(node: Node, field: str) -> Chain:
    """A list of steps. Raises Malformed with the path and what would be right."""
    links: list[Link] = []
    without: list[tuple[Absence, Node]] = []
    for item, path in node.items(field, "steps"):
        step = Node(item, path, _WHAT)
        if "not" in step:
            without.append((_absence(step, first=not links), step))
            continue
        _no_span(without)
        links.append(_link(step, tuple(absence.of for absence, _ in without), first=not links))
        without = []
    after = tuple(absence for absence, _ in without)
    if len(links) + bool(after) < 2:
        raise Malformed("A sequence has two steps at least; for one event, write {event: ...}.", path=node.at(field))
    if len(links) + len(after) > _MOST_STEPS:
        raise Malformed(f"A sequence has {_MOST_STEPS} steps at most.", path=node.at(field))
    return Chain(tuple(links), after)


def _link(step: Node, without: tuple[Occurrence, ...], *, first: bool) -> Link:
    of, gap = Occurrence.read(step, {"gap"}), step.duration("gap")
    if gap is not None and first:
        raise Malformed("The first step follows nothing, so it has no `gap`.", path=step.at("gap"))
    return Link(of, gap, without)


def _absence(step: Node, *, first: bool) -> Absence:
    step.only({"not", "for"})
    if first:
        raise Malformed(
            "A sequence begins with an event. For “never before”, combine it: {all: [{sequence: ...}, {not: ...}]}.",
            path=step.at("not"),
        )
    return Absence(Occurrence.read(step.node("not", "{event, where}")), step.duration("for"))


def _no_span(without: list[tuple[Absence, Node]]) -> None:
    for absence, step in without:
        if absence.lasting is not None:
            raise Malformed(
                "`for` belongs to a `not` at the end; between two steps, the later one has a `gap`.",
                path=step.at("for"),
            )
