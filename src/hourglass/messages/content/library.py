"""The templates in force, read again only when a definition changed, and compiled once per version and language."""

from __future__ import annotations

from msgspec import Struct

from hourglass.definitions import live
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages.content.compile import Compiled, compile_template
from hourglass.messages.content.template import Template, read
from hourglass.postgres import Transaction


class _Shelf(Struct, kw_only=True):
    stamp: int
    templates: dict[str, Template]
    compiled: dict[tuple[str, str], Compiled | None]


class Library:
    """Templates of all workspaces; one per delivery worker."""

    def __init__(self) -> None:
        self._shelves: dict[WorkspaceId, _Shelf] = {}

    def refresh(self, tx: Transaction, workspace_id: WorkspaceId, newest: int) -> None:
        """Notice what was saved since the last time; `newest` is the stamp of the workspace's definitions."""
        shelf = self._shelves.get(workspace_id)
        if shelf is None or shelf.stamp != newest:
            self._shelves[workspace_id] = _Shelf(stamp=newest, templates=_templates(tx, workspace_id), compiled={})

    def find(self, workspace_id: WorkspaceId, key: str, locale: str) -> Compiled | None:
        """A template in the language asked for, or what comes nearest; None when there is none that works."""
        shelf = self._shelves[workspace_id]
        if (key, locale) not in shelf.compiled:
            template = shelf.templates.get(key)
            shelf.compiled[key, locale] = None if template is None else _compiled(template, locale)
        return shelf.compiled[key, locale]


def _templates(tx: Transaction, workspace_id: WorkspaceId) -> dict[str, Template]:
    found: dict[str, Template] = {}
    for definition in live(tx, workspace_id, "template"):
        try:
            found[definition.key] = read(definition.body)
        except Malformed:
            continue  # saved by a version that was less strict; its messages say that the template is missing
    return found


def _compiled(template: Template, locale: str) -> Compiled | None:
    try:
        return compile_template(template, locale)
    except Malformed:
        return None
