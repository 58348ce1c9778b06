"""Health, for people and load balancers: 200 while events can be stored, 503 and the reason while they cannot."""

from __future__ import annotations

from typing import Literal

from litestar import Response, get
from litestar.di import NamedDependency as Given
from msgspec import UNSET, Struct, UnsetType

from hourglass import log
from hourglass.kernel import Clock, Permission, Unavailable
from hourglass.postgres import Database
from hourglass.web.admin.live import lag


class Health(Struct, frozen=True, kw_only=True):
    """How it is; the two numbers are null when the database cannot be asked."""

    status: Literal["ok", "degraded"]
    reason: str | UnsetType = UNSET
    """Why the door for events refuses, in a sentence; only where it does."""
    lag_seconds: float | None = None
    backlog: int | None = None
    """Events accepted and not yet processed and flushed to the lake."""


@get("/health", needs=Permission.ANYBODY, sync_to_thread=True, tags=["health"])
def health(database: Given[Database], clock: Given[Clock], refusal: Given[str | None]) -> Response[Health]:
    """Whether events can be stored, and how far processing is behind what was accepted."""
    try:
        with database.transaction() as tx:
            behind = log.backlog(tx)
    except Unavailable as error:
        return _answer(Health(status="degraded", reason=refusal or error.sentence))
    return _answer(
        Health(
            status="degraded" if refusal else "ok",
            reason=refusal or UNSET,
            lag_seconds=lag(behind.oldest, clock),
            backlog=behind.events + behind.unflushed,
        )
    )


def _answer(found: Health) -> Response[Health]:
    return Response(found, status_code=200 if found.status == "ok" else 503)
