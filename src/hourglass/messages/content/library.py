"""The templates in force, read again only when a definition changed, and compiled once per version and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from hourglass.definitions import Document, live
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages.content.assets import read_assets
from hourglass.messages.content.bestsellers import Bestsellers
from hourglass.messages.content.brand import Brand, read_brand
from hourglass.messages.content.compile import Compiled, check
from hourglass.messages.content.files import named_files
from hourglass.messages.content.locales import chain, language
from hourglass.messages.content.own import own_templates
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.snippet import Snippet, read_snippet
from hourglass.messages.content.template import Template, read
from hourglass.messages.content.wording import mark_of, replaced, reword
from hourglass.postgres import Queries, Transaction

T = TypeVar("T")
_queries = Queries(Path(__file__).with_name("library.sql"))


class _Shelf(Struct, kw_only=True):
    stamp: int
    parts: Parts
    templates: dict[str, Template]
    written: frozenset[str]
    """Every language that something is written in."""
    compiled: dict[tuple[str, str, bytes], Compiled | None]


class Library:
    """Templates of all workspaces; one per delivery worker."""

    def __init__(self) -> None:
        self._shelves: dict[WorkspaceId, _Shelf] = {}
        self.bestsellers = Bestsellers()

    def refresh(self, tx: Transaction, workspace_id: WorkspaceId, newest: int) -> None:
        """Notice what was saved since the last time; `newest` is the stamp of the workspace's definitions."""
        shelf = self._shelves.get(workspace_id)
        if shelf is None or shelf.stamp != newest:
            parts, templates = read_parts(tx, workspace_id), read_templates(tx, workspace_id)
            written = _languages([*templates.values(), *(parts.snippets or {}).values(), *parts.brands.values()])
            self._shelves[workspace_id] = _Shelf(
                stamp=newest, parts=parts, templates=templates, written=written, compiled={}
            )

    def find(self, workspace_id: WorkspaceId, key: str, locale: str, wording: object = None) -> Compiled | None:
        """A template in the language asked for, or what comes nearest; None when there is none that works.

        `wording` replaces parts of it (`wording.py`).
        """
        shelf = self._shelves[workspace_id]
        # Locales are what anybody's browser says: those that nothing is written in share one place.
        locale = next((name for name in chain(locale) if name in shelf.written), "")
        place = key, locale, b"" if wording is None else mark_of(wording)
        if place not in shelf.compiled:
            template = shelf.templates.get(key)
            shelf.compiled[place] = None if template is None else _compiled(template, locale, shelf.parts, wording)
        return shelf.compiled[place]


def read_parts(tx: Transaction, workspace_id: WorkspaceId, *more: Document) -> Parts:
    """Brands, snippets and files of a workspace; what cannot be read any more is left out.

    Of the files only those that some document names; `more` are documents that are not saved yet.
    """
    [(shop, locale)] = _queries.tuples(tx, "shop", workspace_id=workspace_id)
    told = [one.body for kind in ("template", "snippet", "brand") for one in live(tx, workspace_id, kind)]
    return Parts(
        shop=shop,
        locale=locale,
        brands=_readable(tx, workspace_id, "brand", read_brand),
        snippets=_readable(tx, workspace_id, "snippet", read_snippet),
        assets=read_assets(tx, workspace_id, named_files([*told, *more])),
    )


def read_templates(tx: Transaction, workspace_id: WorkspaceId) -> dict[str, Template]:
    """The templates in force, by their keys, and those of the product that the shop has not written itself."""
    return own_templates() | _readable(tx, workspace_id, "template", read)


def try_wording(tx: Transaction, workspace_id: WorkspaceId, key: str, wording: object) -> None:
    """See whether a template works in other words, in each of its languages. Raises Malformed with the place."""
    template = read_templates(tx, workspace_id).get(key)
    if template is not None:
        check(replaced(template, wording), read_parts(tx, workspace_id))


def _languages(documents: Iterable[Template | Snippet | Brand]) -> frozenset[str]:
    named = {name for one in documents for name in (one.locale, *one.locales)}
    return frozenset(named | {language(name) for name in named})


def _readable(
    tx: Transaction, workspace_id: WorkspaceId, kind: str, reader: Callable[[dict[str, Any]], T]
) -> dict[str, T]:
    found: dict[str, T] = {}
    for definition in live(tx, workspace_id, kind):
        try:
            found[definition.key] = reader(definition.body)
        except Malformed:
            continue  # saved by a version that was less strict; its messages say that the template is missing
    return found


def _compiled(template: Template, locale: str, parts: Parts, wording: object) -> Compiled | None:
    try:
        return reword(template, locale, parts, wording)
    except Malformed:
        return None
