"""What templates of a workspace are put together from, beside their own text: brands, snippets, stored files."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from hourglass.channels import Attachment
from hourglass.messages.content.brand import Brand
from hourglass.messages.content.snippet import Snippet


class Parts(Struct, frozen=True, kw_only=True):
    """`snippets` and `assets` are None where they are not at hand, as when a document is read by itself."""

    shop: str = "Shop"
    locale: str = ""
    """The workspace's own language."""
    brands: Mapping[str, Brand] = {}
    snippets: Mapping[str, Snippet] | None = None
    assets: Mapping[str, Attachment] | None = None


NO_PARTS = Parts()
