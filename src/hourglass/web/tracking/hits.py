"""Pixel and links. What a customer wants (a picture, the shop) comes even when we cannot note it."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from litestar import HttpMethod, Request, Response, route
from litestar.di import NamedDependency as Given
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from hourglass.kernel import Clock, Permission, Settings, Unavailable
from hourglass.messages import Hit, HitKind, Purpose, Token, note_hit
from hourglass.postgres import Database
from hourglass.web.tracking.asker import address, signer
from hourglass.web.tracking.trouble import nowhere

_say = structlog.get_logger(__name__)
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
_FRESH = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}
_AHEAD = ("sec-purpose", "purpose", "x-moz", "x-purpose")
_Request = Request[Any, Any, Any]


def hit_handlers() -> list[ControllerRouterHandler]:
    """The public routes that people and machines touch in a mail."""
    return [pixel, click]


@route(
    "/t/o/{name:str}", needs=Permission.ANYBODY, http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False
)
async def pixel(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], name: FromPath[str]
) -> Response[bytes]:
    """A transparent picture; asking for it is an open."""
    token = signer(settings.data).read(Purpose.OPEN, name.removesuffix(".gif"))
    if token is not None:
        await _note("open", token, request, database, clock)
    return Response(_PIXEL, media_type="image/gif", headers=_FRESH)


@route(
    "/t/c/{signed:str}",
    needs=Permission.ANYBODY,
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    include_in_schema=False,
)
async def click(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[Any]:
    """On to where the link led when we signed it; nobody else can make us redirect anywhere.

    The link that no person sees leads nowhere.
    """
    token = signer(settings.data).read(Purpose.CLICK, signed)
    if token is None:
        return nowhere(request)
    await _note("click" if token.target else "trap", token, request, database, clock)
    return Redirect(token.target, status_code=302, headers=_FRESH) if token.target else nowhere(request)


async def _note(kind: HitKind, token: Token, request: _Request, database: Database, clock: Clock) -> None:
    """Keep the hit. When the database is away the customer goes on all the same, and the hit is lost."""
    hit = Hit(
        kind=kind,
        at=clock.now(),
        method="PREFETCH" if _ahead(request) else str(request.method),
        url=token.target,
        ip=address(request) or "",
        user_agent=request.headers.get("user-agent", ""),
    )
    try:
        await asyncio.to_thread(_keep, database, token, hit)
    except Unavailable as error:
        _say.warning("tracking_not_stored", news=kind, reason=error.sentence)


def _keep(database: Database, token: Token, hit: Hit) -> None:
    with database.transaction() as tx:
        note_hit(tx, token.workspace_id, token.message_id, hit)


def _ahead(request: _Request) -> bool:
    """Whether a browser says that it only looks ahead."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in _AHEAD)
