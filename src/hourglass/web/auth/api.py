"""Signing in and out, and who is signed in."""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency as Given
from litestar.params import FromQuery
from litestar.response import Redirect

from hourglass.kernel import Clock, Permission, SystemClock, Workspace
from hourglass.postgres import Transaction
from hourglass.web.auth.actor import Actor
from hourglass.web.auth.links import use_login_link
from hourglass.web.auth.session_answer import Demo, Session, SessionPerson, SessionWorkspace
from hourglass.web.auth.sessions import COOKIE, VALID, end_session, open_session

_USED = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hourglass</title><body style="font:16px/1.5 system-ui;max-width:34rem;margin:12vh auto;padding:0 1.2rem">
<h1>This link was used already, or is too old</h1>
<p>A sign-in link works once, within an hour. Make a new one on the server:</p><pre>hourglass login-link</pre>
<h2 lang="ru">Эта ссылка уже использована или устарела</h2>
<p lang="ru">Ссылка для входа действует один раз в течение часа. Создайте новую на сервере той же командой.</p>"""


@get("/login", needs=Permission.ANYBODY, include_in_schema=False, sync_to_thread=True)
def sign_in(tx: Given[Transaction], settings: Given[Any], token: FromQuery[str] = "") -> Response[Any]:
    """Use a one-time link: set the cookie and go to the first page."""
    now = SystemClock().now()
    user_id = use_login_link(tx, token, now)
    if user_id is None:
        return Response(_USED, media_type=MediaType.HTML, status_code=410)
    cookie = Cookie(
        key=COOKIE,
        value=open_session(tx, user_id, now),
        max_age=int(VALID.total_seconds()),
        httponly=True,
        secure=settings.base_url().startswith("https:"),
        samesite="lax",
        path="/",
    )
    return Redirect("/", cookies=[cookie], status_code=303)


@post("/api/logout", needs=Permission.LOOK, status_code=200, sync_to_thread=True, tags=["session"])
def sign_out(request: Request[Any, Any, Any], tx: Given[Transaction], actor: Given[Actor]) -> Response[dict[str, bool]]:
    """End the session of this browser."""
    del actor
    end_session(tx, request.cookies.get(COOKIE, ""))
    gone = Cookie(key=COOKIE, value="", max_age=0, path="/")
    return Response({"success": True}, cookies=[gone])


@get("/api/session", needs=Permission.LOOK, sync_to_thread=True, tags=["session"])
def session(actor: Given[Actor], workspace: Given[Workspace], clock: Given[Clock], demo: Given[Demo | None]) -> Session:
    """Who is signed in where; `demo` says how fast its clock runs, or is null."""
    return Session(
        user=SessionPerson(
            name=actor.name, role=actor.rights.role, permissions=sorted(actor.rights.allowed), locale=actor.locale
        ),
        workspace=SessionWorkspace(
            key=workspace.key,
            name=workspace.name,
            currency=workspace.currency,
            zone=workspace.zone,
            locale=workspace.locale,
        ),
        now=clock.now(),
        demo=demo,
    )
