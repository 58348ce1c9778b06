"""Pixel, links, unsubscribe and view. What a customer wants (a picture, a page) comes even when we cannot note it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import structlog
from litestar import HttpMethod, Request, Response, get, post, route
from litestar.di import NamedDependency as Given
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from hourglass.kernel import Clock, Settings, Unavailable, digest
from hourglass.messages import (
    Gesture,
    Letter,
    News,
    Purpose,
    Token,
    find_letter,
    resubscribe,
    tell,
    unsubscribe,
    view,
)
from hourglass.postgres import Database
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import asker, language, signer
from hourglass.web.tracking.confirming import agreed, ask_again
from hourglass.web.tracking.page import Card, respond
from hourglass.web.tracking.preferences import change, look

_say = structlog.get_logger(__name__)
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
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


def tracking_handlers() -> list[ControllerRouterHandler]:
    """The public routes."""
    return [pixel, click, ask, act, browse, look, change, ask_again, agreed]


@route("/t/o/{name:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
async def pixel(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], name: FromPath[str]
) -> Response[bytes]:
    """A transparent picture; asking for it is an open."""
    token = signer(settings.data).read(Purpose.OPEN, name.removesuffix(".gif"))
    if token is not None and request.method == HttpMethod.GET:
        await _note("Message Opened", token, request, database, clock.now(), settings.partitions)
    return Response(_PIXEL, media_type="image/gif", headers=_FRESH)


@route("/t/c/{signed:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
async def click(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[Any]:
    """On to where the link led when we signed it; nobody else can make us redirect anywhere."""
    token = signer(settings.data).read(Purpose.CLICK, signed)
    if token is None:
        return respond(cards.lost(language(request)), 404)
    if request.method == HttpMethod.GET:
        await _note("Message Clicked", token, request, database, clock.now(), settings.partitions)
    return Redirect(token.target, status_code=302, headers=_FRESH)


@get("/u/{signed:str}", include_in_schema=False)
async def ask(
    request: _Request, database: Given[Database], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Show what would happen. A GET never acts: mail scanners follow every link."""
    token = signer(settings.data).read(Purpose.UNSUBSCRIBE, signed)
    if token is None:
        return respond(cards.lost(language(request)), 404)
    letter = await asyncio.to_thread(_letter, database, token)
    return (
        respond(cards.gone(language(request)), 410)
        if letter is None
        else respond(cards.asking(letter, _preferences(settings, token)))
    )


@post("/u/{signed:str}", include_in_schema=False, status_code=200, request_max_body_size=10_000)
async def act(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Do it: the mail program's one click (RFC 8058) or the button of the page."""
    token = signer(settings.data).read(Purpose.UNSUBSCRIBE, signed)
    if token is None:
        return respond(cards.lost(language(request)), 404)
    wish = _wish(await request.body())
    card = await asyncio.to_thread(_act, database, token, wish, _gesture(request, wish), clock.now(), settings)
    return respond(cards.gone(language(request)), 410) if card is None else respond(card)


@get("/v/{signed:str}", include_in_schema=False)
async def browse(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """The message as a page, where it can run nothing."""
    keys = signer(settings.data)
    token = keys.read(Purpose.VIEW, signed)
    if token is None:
        return respond(cards.lost(language(request)), 404)

    def read() -> str | None:
        with database.transaction() as tx:
            return view(tx, token, keys, settings.base_url(), clock.now())

    page = await asyncio.to_thread(read)
    if page is None:
        return respond(cards.gone(language(request)), 410)
    return Response(page, media_type="text/html; charset=utf-8", headers=_VIEW)


async def _note(name: str, token: Token, request: _Request, database: Database, now: datetime, partitions: int) -> None:
    """Append the event. When the database is away the customer goes on all the same, and the event is lost."""
    try:
        await asyncio.to_thread(_append, database, name, token, _context(request), now, partitions)
    except Unavailable as error:
        _say.warning("tracking_not_stored", news=name, reason=error.sentence)


def _append(
    database: Database, name: str, token: Token, context: dict[str, Any], now: datetime, partitions: int
) -> None:
    more = {"url": token.target} if token.target else {}
    mark = f"{now.timestamp():.3f}" + (f"-{digest(token.target).hex[:8]}" if token.target else "")
    with database.transaction() as tx:
        letter = find_letter(tx, token)
        if letter is not None:
            tell(
                tx,
                [News(name=name, about=letter.about, at=now, more=more, context=context, mark=mark)],
                now,
                partitions,
            )


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


def _context(request: _Request) -> dict[str, Any]:
    told = asker(request)
    return {name: value for name, value in (("ip", told["ip"]), ("userAgent", told["user_agent"])) if value}
