"""The JSON Schemas of content: templates, snippets and brands, as their structs say."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import Struct

from hourglass.definitions import Document
from hourglass.messages.content.brand import Brand
from hourglass.messages.content.snippet import Snippet
from hourglass.messages.content.template import Template

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _published(shape: type[Struct], title: str) -> Callable[[], Document]:
    def schema() -> Document:
        return {"$schema": _DRAFT, "title": title, **msgspec.json.schema(shape)}

    return schema


template_schema = _published(Template, "A template")
snippet_schema = _published(Snippet, "A snippet")
brand_schema = _published(Brand, "A brand")
