"""Definitions over HTTP: list, read, save with optimistic locking, state, history, remove; and their schemas."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody, QueryParameter

from hourglass.definitions import store
from hourglass.definitions.kinds import Document, Kinds
from hourglass.kernel import Clock, Malformed, Permission, Rights, Settings, Workspace
from hourglass.postgres import Transaction


class DefinitionsController(Controller):
    """`/api/definitions/{kind}/{key}` for every kind there is."""

    path = "/api/definitions"
    tags = ("definitions",)

    @get("/{kind:str}", needs=Permission.LOOK, sync_to_thread=True)
    def all_of(
        self, tx: Given[Transaction], workspace: Given[Workspace], kinds: Given[Kinds], kind: FromPath[str]
    ) -> list[dict[str, Any]]:
        """Every document of a kind."""
        return [_body(found) for found in store.list_all(tx, workspace.id, kinds.named(kind).name)]

    @get("/{kind:str}/{key:str}", needs=Permission.LOOK, sync_to_thread=True)
    def one(
        self, tx: Given[Transaction], workspace: Given[Workspace], kind: FromPath[str], key: FromPath[str]
    ) -> dict[str, Any]:
        """The newest version."""
        return _body(store.find(tx, workspace.id, kind, key))

    @put("/{kind:str}/{key:str}", needs=Permission.DEFINE, sync_to_thread=True)
    def save(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        clock: Given[Clock],
        settings: Given[Settings],
        actor_name: Given[str],
        rights: Given[Rights],
        kind: FromPath[str],
        key: FromPath[str],
        data: JSONBody[Document],
        expected_version: Annotated[int | None, QueryParameter(name="version")] = None,
    ) -> dict[str, Any]:
        """Save a new version; `?version=` is the one the author looked at."""
        document = {"kind": kind, "key": key, **data}
        if (document["kind"], document["key"]) != (kind, key):
            raise Malformed("The document names another kind or key than the address.", path="key")
        kinds.demand_right(rights, kind, document)
        saved = store.put(
            tx,
            workspace.id,
            document,
            kinds=kinds,
            author=actor_name,
            now=clock.now(),
            expected_version=expected_version,
        )
        if settings.strict_launch:
            kinds.demand(tx, workspace.id, document)
        return {**_body(saved), "warnings": kinds.doubts(tx, workspace.id, document)}

    @put("/{kind:str}/{key:str}/state", needs=Permission.DEFINE, sync_to_thread=True)
    def state(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        clock: Given[Clock],
        rights: Given[Rights],
        kind: FromPath[str],
        key: FromPath[str],
        data: JSONBody[dict[str, str]],
    ) -> dict[str, Any]:
        """Pause, resume, archive: `{"state": "paused"}`. What live documents use is refused (409), naming them."""
        kinds.demand_right(rights, kind)
        wanted = data.get("state")
        if wanted not in ("draft", "live", "paused", "archived"):
            raise Malformed("A state is draft, live, paused or archived.", path="state")
        return _body(store.set_state(tx, workspace.id, kind, key, wanted, clock.now(), kinds))

    @get("/{kind:str}/{key:str}/history", needs=Permission.LOOK, sync_to_thread=True)
    def versions(
        self, tx: Given[Transaction], workspace: Given[Workspace], kind: FromPath[str], key: FromPath[str]
    ) -> list[store.Version]:
        """Every version, newest first."""
        return store.history(tx, workspace.id, kind, key)

    @delete("/{kind:str}/{key:str}", needs=Permission.DEFINE, sync_to_thread=True)
    def forget(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        rights: Given[Rights],
        kind: FromPath[str],
        key: FromPath[str],
    ) -> None:
        """Remove a document and its history. What live documents use is refused (409), naming them."""
        kinds.demand_right(rights, kind)
        store.remove(tx, workspace.id, kind, key, kinds)


class SchemaController(Controller):
    """`/api/schema`: what documents look like, for editors and for machines that write them."""

    path = "/api/schema"
    tags = ("definitions",)

    @get("/", needs=Permission.LOOK, sync_to_thread=False)
    def names(self, kinds: Given[Kinds]) -> list[str]:
        """The schemas there are."""
        return kinds.schemas()

    @get("/{name:str}", needs=Permission.LOOK, sync_to_thread=False)
    def one(self, kinds: Given[Kinds], name: FromPath[str]) -> dict[str, Any]:
        """A JSON Schema (2020-12)."""
        return kinds.schema(name)


def _body(found: store.Definition) -> dict[str, Any]:
    return {**found.body, "version": found.version, "state": found.state, "updated_at": found.updated_at}
