"""The condition tree: what a marketer says about people. Meaning only; how it is computed is compile.py's affair."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from hourglass.audience.leaves import Leaf


class AllOf(Struct, frozen=True):
    """Every one of them holds."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """At least one of them holds."""

    of: tuple[Condition, ...]


class Not(Struct, frozen=True):
    """It does not hold; for something that is missing, that is true."""

    of: Condition


Condition = AllOf | AnyOf | Not | Leaf


def leaves(condition: Condition) -> list[Leaf]:
    """The atomic conditions of a tree, each once, in order of appearance."""
    match condition:
        case AllOf(of) | AnyOf(of):
            found = [leaf for child in of for leaf in leaves(child)]
        case Not(of):
            found = leaves(of)
        case _:
            found = [condition]
    return list(dict.fromkeys(found))


def replace(condition: Condition, leaf: Callable[[Leaf], Condition]) -> Condition:
    """The same tree with every leaf exchanged."""
    match condition:
        case AllOf(of):
            return AllOf(tuple(replace(child, leaf) for child in of))
        case AnyOf(of):
            return AnyOf(tuple(replace(child, leaf) for child in of))
        case Not(of):
            return Not(replace(of, leaf))
        case _:
            return leaf(condition)
