"""The door to the page that asks for a confirmation. Looking confirms nothing: mail scanners follow every link."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath

from hourglass.kernel import Clock, Permission, Settings
from hourglass.messages import Gesture, Purpose, Token, agree, find_asked
from hourglass.postgres import Database
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import asker, language, signer
from hourglass.web.tracking.page import respond
from hourglass.web.tracking.trouble import nowhere

_Request = Request[Any, Any, Any]


@get("/c/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False)
async def ask_again(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Show what would be agreed to."""
    token = signer(settings.data).read(Purpose.CONFIRM, signed)
    if token is None:
        return nowhere(request)
    return await asyncio.to_thread(_show, request, database, settings, token, clock.now(), None)


@post(
    "/c/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False, status_code=200, request_max_body_size=10_000
)
async def agreed(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """It was the person: from now on it counts."""
    token = signer(settings.data).read(Purpose.CONFIRM, signed)
    if token is None:
        return nowhere(request)
    gesture = Gesture(way="confirmation", **asker(request))
    return await asyncio.to_thread(_show, request, database, settings, token, clock.now(), gesture)


def _show(
    request: _Request, database: Database, settings: Settings, token: Token, now: datetime, gesture: Gesture | None
) -> Response[str]:
    with database.transaction() as tx:
        asked = find_asked(tx, token, now)
        if asked is None:
            return respond(cards.gone(language(request)), 410)
        done = gesture is not None and agree(tx, asked, gesture, now, settings.partitions)
    keys = signer(settings.data)
    preferences = f"/p/{keys.sign(Purpose.PREFERENCES, token.workspace_id, token.message_id)}"
    return respond(cards.confirming(asked, preferences, done=done))
