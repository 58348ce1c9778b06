"""What has to be there for a step to do its work, apart from templates: other documents, codes, secrets."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Need(Struct, frozen=True):
    """Something that is named in a journey and made elsewhere, by its key or name."""

    of: Literal["journey", "pool", "list", "connector", "secret"]
    key: str
