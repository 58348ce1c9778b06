"""The control group of the whole workspace: people who get no marketing, to measure what all of it adds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hourglass.kernel import digest
from hourglass.messages.policy.cap import Word

_PARTS = 1 << 32


class Control(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many percent of the people, drawn by lot from a name: another name draws other people."""

    percent: Annotated[float, Meta(ge=0, le=50)]
    name: Word = "control"

    def holds(self, profile_id: int) -> bool:
        """Whether a person is in the group; the same answer every time."""
        lot = digest(f"{self.name}:{profile_id}").int & (_PARTS - 1)
        return lot < self.percent / 100 * _PARTS
