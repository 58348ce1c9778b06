"""What one reader understood of a returned mail."""

from __future__ import annotations

from msgspec import Struct

from hourglass.channels import FeedbackKind, Sort


class Said(Struct, frozen=True):
    """The kind of news, the sort of bounce, its status code and the other side's words."""

    kind: FeedbackKind
    sort: Sort | None = None
    status: str = ""
    words: str = ""
