"""Dead letters over HTTP: look, and process again once the cause is mended."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromQuery, JSONBody
from msgspec import Struct

from hourglass import log
from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.postgres import Transaction

_PAGE = 100


class LetterRow(Struct, frozen=True, kw_only=True):
    """One event that could not be processed."""

    id: int
    received_at: datetime
    failed_at: datetime
    reason: str
    detail: str
    event: Any


class Letters(Struct, frozen=True, kw_only=True):
    """A page of them, how many there are, and where the older ones begin."""

    letters: list[LetterRow]
    total: int
    next: int | None


class Replay(Struct, frozen=True, kw_only=True):
    """Which ones to process again."""

    ids: list[int] | Literal["all"]


class Replayed(Struct, frozen=True, kw_only=True):
    """How many went into the log again."""

    replayed: int


class DeadLettersController(Controller):
    """`/api/dead-letters`."""

    path = "/api/dead-letters"
    tags = ("dead letters",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def open_letters(
        self, tx: Given[Transaction], workspace: Given[Workspace], before: FromQuery[int | None] = None
    ) -> Letters:
        """Those not replayed yet, newest first."""
        found = log.letters(tx, workspace.id, limit=_PAGE, **({} if before is None else {"before": before}))
        rows = [
            LetterRow(
                id=letter.id,
                received_at=letter.received_at,
                failed_at=letter.failed_at,
                reason=letter.reason,
                detail=letter.detail,
                event=_readable(letter.payload),
            )
            for letter in found
        ]
        return Letters(
            letters=rows,
            total=log.count_letters(tx, workspace.id),
            next=rows[-1].id if len(rows) == _PAGE else None,
        )

    @post("/replay", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def replay(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        data: JSONBody[Replay],
    ) -> Replayed:
        """Put them into the log again; a messageId still counts once."""
        ids = None if data.ids == "all" else data.ids
        return Replayed(replayed=log.replay(tx, workspace.id, ids, clock.now(), settings.partitions))


def _readable(payload: bytes) -> Any:
    try:
        return msgspec.json.decode(payload)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return payload.decode("utf-8", "replace")
