"""Pixel, links, unsubscribe and view. What a customer wants (a picture, a page) comes even when we cannot note it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath

from hourglass.kernel import Clock, Permission, Settings
from hourglass.messages import (
    Gesture,
    Letter,
    Purpose,
    Token,
    find_letter,
    resubscribe,
    unsubscribe,
    view,
)
from hourglass.postgres import Database
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import asker, language, signer
from hourglass.web.tracking.confirming import agreed, ask_again
from hourglass.web.tracking.hits import hit_handlers
from hourglass.web.tracking.page import Card, respond
from hourglass.web.tracking.preferences import change, look
from hourglass.web.tracking.trouble import ON_PUBLIC_PAGES, nowhere

_FRESH = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}
_VIEW = {
    **_FRESH,
    "Content-Security-Policy": "sandbox allow-popups allow-popups-to-escape-sandbox "
    "allow-top-navigation-by-user-activation; default-src 'none'; img-src http: https: data:; "
    "style-src 'unsafe-inline' https:; font-src https: data:",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_Request = Request[Any, Any, Any]


def tracking_handlers() -> list[Router]:
    """The public routes."""
    pages = [*hit_handlers(), ask, act, browse, look, change, ask_again, agreed]
    return [Router("/", route_handlers=pages, exception_handlers=ON_PUBLIC_PAGES)]


@get("/u/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False)
async def ask(
    request: _Request, database: Given[Database], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Show what would happen. A GET never acts: mail scanners follow every link."""
    token = signer(settings.data).read(Purpose.UNSUBSCRIBE, signed)
    if token is None:
        return nowhere(request)
    letter = await asyncio.to_thread(_letter, database, token)
    return (
        respond(cards.gone(language(request)), 410)
        if letter is None
        else respond(cards.asking(letter, _preferences(settings, token)))
    )


@post(
    "/u/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False, status_code=200, request_max_body_size=10_000
)
async def act(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Do it: the mail program's one click (RFC 8058) or the button of the page."""
    token = signer(settings.data).read(Purpose.UNSUBSCRIBE, signed)
    if token is None:
        return nowhere(request)
    wish = _wish(await request.body())
    card = await asyncio.to_thread(_act, database, token, wish, _gesture(request, wish), clock.now(), settings)
    return respond(cards.gone(language(request)), 410) if card is None else respond(card)


@get("/v/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False)
async def browse(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """The message as a page, where it can run nothing."""
    keys = signer(settings.data)
    token = keys.read(Purpose.VIEW, signed)
    if token is None:
        return nowhere(request)

    def read() -> str | None:
        with database.transaction() as tx:
            return view(tx, token, keys, settings.base_url(), clock.now())

    page = await asyncio.to_thread(read)
    if page is None:
        return respond(cards.gone(language(request)), 410)
    return Response(page, media_type="text/html", headers=_VIEW)


def _letter(database: Database, token: Token) -> Letter | None:
    with database.transaction() as tx:
        return find_letter(tx, token)


def _act(
    database: Database, token: Token, wish: str, gesture: Gesture, now: datetime, settings: Settings
) -> Card | None:
    preferences = _preferences(settings, token)
    with database.transaction() as tx:
        letter = find_letter(tx, token)
        if letter is None:
            return None
        if wish == "subscribe":
            resubscribe(tx, letter, gesture, now=now, partitions=settings.partitions)
            return cards.again(letter, preferences)
        everything = wish == "everything"
        unsubscribe(tx, letter, gesture, everything=everything, now=now, partitions=settings.partitions)
        return cards.done(letter, preferences, everything=everything)


def _preferences(settings: Settings, token: Token) -> str:
    """The way from one message's unsubscribe page to everything its person may choose."""
    return f"/p/{signer(settings.data).sign(Purpose.PREFERENCES, token.workspace_id, token.message_id)}"


def _wish(body: bytes) -> str:
    """What the form or the mail program sends; a POST that says nothing of the kind still means no."""
    form = parse_qs(body.decode("utf-8", "replace"))
    if form.get("List-Unsubscribe") == ["One-Click"] or b"One-Click" in body:
        return "one_click"
    return form.get("do", ["unsubscribe"])[0]


def _gesture(request: _Request, wish: str) -> Gesture:
    return Gesture(way="one_click" if wish == "one_click" else "page", **asker(request))
