"""The door to the page of preferences: a link in a message, or one that the shop asked for. Looking changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from litestar import Request, Response, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath
from msgspec.structs import replace

from hourglass.kernel import Clock, Malformed, Permission, Settings
from hourglass.messages import (
    PAUSE,
    Gesture,
    Purpose,
    Signer,
    Subscriber,
    Wishes,
    address_kinds,
    choose,
    leave,
    of_message,
    of_person,
    pair,
    pause,
    preferences_of,
)
from hourglass.postgres import Database, Transaction
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import asker, language, signer
from hourglass.web.tracking.page import respond
from hourglass.web.tracking.preferences_page import preferences_page
from hourglass.web.tracking.trouble import nowhere
from hourglass.web.tracking.words import known

_Request = Request[Any, Any, Any]
_Act = Callable[[Transaction, Subscriber], tuple[str, str | None]]
"""What is done; the notice about it, and the language that was chosen."""


@get("/p/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False)
async def look(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Show what a person has."""
    return await asyncio.to_thread(_show, request, database, signer(settings.data), signed, clock.now(), None)


@post(
    "/p/{signed:str}", needs=Permission.ANYBODY, include_in_schema=False, status_code=200, request_max_body_size=50_000
)
async def change(
    request: _Request, database: Given[Database], clock: Given[Clock], settings: Given[Settings], signed: FromPath[str]
) -> Response[str]:
    """Do what was chosen, and show how it stands now."""
    form, now = parse_qs((await request.body()).decode("utf-8", "replace")), clock.now()
    act = partial(_act, form, Gesture(way="preferences", **asker(request)), now, settings.partitions)
    return await asyncio.to_thread(_show, request, database, signer(settings.data), signed, now, act)


def _show(
    request: _Request, database: Database, keys: Signer, signed: str, now: datetime, act: _Act | None
) -> Response[str]:
    with database.transaction() as tx:
        found = _find(tx, keys, signed)
        if found is None:
            return nowhere(request)
        if found[1] is None:
            return respond(cards.gone(language(request)), 410)
        who = found[1]
        notice, chosen = ("", None) if act is None else act(tx, who)
        locale = known(chosen or "", who.language)
        if notice == "everything":
            return respond(cards.left(who, locale, f"/p/{signed}"))
        shown = replace(who, locale=locale)
        return preferences_page(shown, preferences_of(tx, shown, address_kinds(), now), locale, notice)


def _find(tx: Transaction, keys: Signer, signed: str) -> tuple[str, Subscriber | None] | None:
    """None when the link is not ours."""
    for purpose, find in ((Purpose.PREFERENCES, of_message), (Purpose.PERSON, of_person)):
        token = keys.read(purpose, signed)
        if token is not None:
            return signed, find(tx, token.workspace_id, token.message_id)
    return None


def _act(
    form: dict[str, list[str]], gesture: Gesture, now: datetime, partitions: int, tx: Transaction, who: Subscriber
) -> tuple[str, str | None]:
    wish = form.get("do", ["save"])[0]
    match wish:
        case "everything":
            leave(tx, who, gesture, now, partitions)
            return "everything", None
        case "pause" | "resume":
            pause(tx, who, now + PAUSE if wish == "pause" else None, gesture, now)
            return "" if wish == "pause" else "resumed", None
        case _:
            wishes = _wishes(form)
            choose(tx, who, wishes, gesture, now, partitions)
            return "saved", wishes.locale


def _wishes(form: dict[str, list[str]]) -> Wishes:
    """What the form says; what it never showed stays as it is. Nonsense is passed over."""
    shown = frozenset(one for text in form.get("shown", [])[:200] if (one := _pair(text)))
    wanted = frozenset(one for text in form.get("wanted", [])[:200] if (one := _pair(text)))
    return Wishes(shown=shown, wanted=wanted & shown, fewer="fewer" in form, locale=form.get("locale", [None])[0])


def _pair(text: str) -> tuple[str, str] | None:
    try:
        return pair(text)
    except Malformed:
        return None
