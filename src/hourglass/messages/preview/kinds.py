"""The kinds of content as definitions: templates, snippets and brands, and what is looked at when they are saved."""

from __future__ import annotations

from msgspec.structs import asdict

from hourglass.definitions import Document, Doubt, Kind
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages.content.brand import read_brand
from hourglass.messages.content.compile import check, read_template
from hourglass.messages.content.library import read_parts, read_templates
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.schemas import brand_schema, snippet_schema, template_schema
from hourglass.messages.content.snippet import Snippet, read_snippet
from hourglass.messages.content.template import Template, read
from hourglass.messages.content.users import users_of_brand, users_of_snippet
from hourglass.messages.lint.contrast import faint
from hourglass.messages.preview.checks import doubts
from hourglass.postgres import Transaction


def _works_here(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> None:
    """A template is compiled with the snippets and files that stand."""
    check(read(document), read_parts(tx, workspace_id, document))


def _breaks_none(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> None:
    """A changed snippet must suit every template that works today."""
    snippet = read_snippet(document)
    before = read_parts(tx, workspace_id, document)
    after = _with(before, snippet)
    for template in read_templates(tx, workspace_id).values():
        if (error := _fault(template, after)) and _fault(template, before) is None:
            raise Malformed(f"The template “{template.key}” would break: {error}", path="mjml")


def _with(parts: Parts, snippet: Snippet) -> Parts:
    standing = {**(parts.snippets or {}), snippet.key: snippet}
    return Parts(shop=parts.shop, locale=parts.locale, brands=parts.brands, snippets=standing, assets=parts.assets)


def _fault(template: Template, parts: Parts) -> str | None:
    try:
        check(template, parts)
    except Malformed as error:
        return error.sentence
    return None


def _hard_to_read(_tx: Transaction, _workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """Colours on which texts of the brand cannot be read."""
    brand = read_brand(document)
    return [
        Doubt(
            path=f"{place}.{text}",
            message=f"On “{ground}” this colour is hard to read: {contrast:.1f} to 1, and 4.5 would be right.",
        )
        for place, colors in (("colors", brand.colors), ("dark", brand.dark))
        for text, ground, contrast in faint(asdict(colors))
    ]


TEMPLATE = Kind(
    name="template", read=read_template, against=_works_here, doubts=doubts, schemas={"template": template_schema}
)
SNIPPET = Kind(
    name="snippet",
    read=read_snippet,
    against=_breaks_none,
    relied_on_by=users_of_snippet,
    schemas={"snippet": snippet_schema},
)
BRAND = Kind(
    name="brand",
    read=read_brand,
    doubts=_hard_to_read,
    relied_on_by=users_of_brand,
    schemas={"brand": brand_schema},
)
