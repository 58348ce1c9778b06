"""A kind of definition: its name and how its document is read; stages offer theirs, the composition root lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from hourglass.kernel import Malformed, NotFound, Permission, Rights, WorkspaceId, secret_names
from hourglass.postgres import Transaction

Document = dict[str, Any]
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


class Doubt(Struct, frozen=True, kw_only=True):
    """Something that is allowed and probably not meant, such as a name never seen; `near` are known names like it."""

    path: str
    message: str
    near: list[str] = []


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of document. `read` raises Malformed with the path of what is wrong; its result is the stage's own.

    `against` looks at what stands already, before a document is saved: a circle, a name that nobody has. `doubts` are
    the warnings about one, which keep nobody from saving it; `demands` those of them that do where the installation is
    strict. `schemas` are published: JSON Schemas by name, of its
    documents and of what other kinds have in theirs. `relied_on_by` names the live documents (kind, key) that use the
    one of that key: while there are any, it is not removed, paused or archived. `needs` is what somebody must be
    allowed to, to change such documents.
    """

    name: str
    read: Callable[[Document], object]
    against: Callable[[Transaction, WorkspaceId, Document], None] | None = None
    doubts: Callable[[Transaction, WorkspaceId, Document], list[Doubt]] | None = None
    demands: Callable[[Transaction, WorkspaceId, Document], list[Doubt]] | None = None
    schemas: Mapping[str, Callable[[], Document]] = {}
    relied_on_by: Callable[[Transaction, WorkspaceId, str], list[tuple[str, str]]] | None = None
    needs: Permission = Permission.DEFINE


class Kinds:
    """The kinds this installation knows."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._by_name = {kind.name: kind for kind in kinds}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Kind:
        """The kind of that name, or NotFound that lists the known ones."""
        if name not in self._by_name:
            raise NotFound(f"There is no kind of definition “{name}”; known: {', '.join(sorted(self._by_name))}.")
        return self._by_name[name]

    def demand_right(self, rights: Rights, name: str, document: Document | None = None) -> None:
        """Forbidden for who may not change documents of that kind, or may not let this one use secrets."""
        rights.demand(self.named(name).needs, f"Changing a {name}")
        for secret in secret_names(document):
            rights.demand(Permission.OWN, f"Saving a document that uses the secret “{secret}”")

    def doubts(self, tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
        """The warnings about a document that can be read."""
        doubts = self.named(required_text(document, "kind")).doubts
        return [] if doubts is None else doubts(tx, workspace_id, document)

    def demand(self, tx: Transaction, workspace_id: WorkspaceId, document: Document) -> None:
        """For strict installations: Malformed with everything that has to be done before this document can work."""
        demands = self.named(required_text(document, "kind")).demands
        found = [] if demands is None else demands(tx, workspace_id, document)
        if found:
            told = " ".join(one.message for one in found)
            raise Malformed(f"{document['kind']}/{document['key']} cannot go live yet. {told}", path=found[0].path)

    def schemas(self) -> list[str]:
        """The names of all JSON Schemas that are published."""
        return sorted(name for kind in self for name in kind.schemas)

    def schema(self, name: str) -> Document:
        """The one of that name, or NotFound that lists the known ones."""
        for kind in self:
            if name in kind.schemas:
                return kind.schemas[name]()
        raise NotFound(f"There is no schema “{name}”; known: {', '.join(self.schemas())}.")

    def check(self, document: Document) -> None:
        """Refuse a document that its stage cannot read; the error carries the path."""
        kind = self.named(required_text(document, "kind"))
        key = required_text(document, "key")
        if not _KEY.fullmatch(key):
            raise Malformed("A key is made of a-z, 0-9, dot, dash and underscore, 80 at most.", path="key")
        kind.read(document)


def required_text(document: Document, field: str) -> str:
    """A text field that must be there, or Malformed with its path."""
    value = document.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"“{field}” is missing or is not a text.", path=field)
    return value
