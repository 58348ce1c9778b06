"""What a computed trait is called, in words people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Words = Mapping[str, str]
"""One text by language: en, ru."""
TraitKind = Literal["number", "money", "text", "date"]
"""`money` is minor units inside, an amount like 12.34 outside; `date` days since 1970 inside, 2026-03-15 outside."""


class ComputedTrait(Struct, frozen=True, kw_only=True):
    """One trait of a family: in its frame the column `name`, in conditions `<family>.<name>`."""

    name: str
    kind: TraitKind
    words: Words
    values: Mapping[str, Words] = {}
    """The values a text can have, where they are a closed list, best first."""


def words(en: str, ru: str) -> Words:
    """A text in both languages."""
    return {"en": en, "ru": ru}
