"""`/api/suppressions`."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec import Meta, Struct

from hourglass.kernel import Clock, Permission, Workspace
from hourglass.messages.suppressions.keep import (
    SuppressionChange,
    SuppressionImport,
    Suppressions,
    changes,
    release,
    suppress,
    suppressions,
)
from hourglass.postgres import Transaction

Word = Annotated[str, Meta(min_length=1, max_length=100)]


class Addresses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is put on the list."""

    channel: Word = "email"
    addresses: Annotated[list[str], Meta(min_length=1, max_length=100_000)]
    reason: Word = "by_hand"
    detail: Annotated[str, Meta(max_length=1000)] | None = None


class Release(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is taken off, and why. `force`: also somebody who complained."""

    channel: Word = "email"
    address: Annotated[str, Meta(min_length=1, max_length=320)]
    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    force: bool = False


class SuppressionsController(Controller):
    """The list of addresses that are not written to."""

    path = "/api/suppressions"
    tags = ("messages",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_of_them(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        channel: FromQuery[str | None] = None,
        text: Annotated[str, QueryParameter(name="search")] = "",
        cursor: FromQuery[str | None] = None,
    ) -> Suppressions:
        """A page of it, by address."""
        return suppressions(tx, workspace.id, channel, text, cursor)

    @post("/", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def add(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        data: JSONBody[Addresses],
    ) -> SuppressionImport:
        """Put addresses on it: one, or a whole import."""
        return suppress(tx, workspace.id, data.channel, data.addresses, reason=data.reason, detail=data.detail,
                        author=actor_name, now=clock.now())  # fmt: skip

    @post("/remove", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def remove(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        data: JSONBody[Release],
    ) -> dict[str, bool]:
        """Take an address off it."""
        release(tx, workspace.id, data.channel, data.address, why=data.reason, author=actor_name, now=clock.now(),
                force=data.force)  # fmt: skip
        return {"removed": True}

    @get("/changes", needs=Permission.LOOK, sync_to_thread=True)
    def history(self, tx: Given[Transaction], workspace: Given[Workspace]) -> dict[str, list[SuppressionChange]]:
        """What people did to it."""
        return {"changes": changes(tx, workspace.id)}
