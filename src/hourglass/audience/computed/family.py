"""A family: traits that are computed together, from the same frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience.computed.sources import Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words

Memory = Sequence[dict[str, Any]]
"""What a family keeps from one run for the next, as JSON."""


class Learned(Struct, frozen=True, kw_only=True):
    """What came of learning: profile_id and a column for each trait, and what to remember."""

    table: pl.DataFrame
    memory: Memory


class Family(Struct, frozen=True, kw_only=True):
    """One file each. `compute` gives a row for each person who has a value: profile_id, and a column for each trait."""

    name: str
    words: Words
    traits: tuple[ComputedTrait, ...]
    compute: Callable[[Sources, Circumstances], Frame]
    more: Callable[[Circumstances], tuple[ComputedTrait, ...]] = lambda _: ()
    """Traits that depend on the workspace, such as one for each of its channels."""
    learn: Callable[[pl.DataFrame, Memory], Learned] | None = None
    """What no expression can say: `compute` then gives only what is to be learned from. Raises Skipped."""

    def all_traits(self, circumstances: Circumstances) -> tuple[ComputedTrait, ...]:
        """Those of every workspace and those of this one."""
        return self.traits + self.more(circumstances)


class Skipped(Exception):
    """A family cannot be computed here; the sentence says why, and what would help."""
