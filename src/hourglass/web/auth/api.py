"""Signing in and out, and who is signed in."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
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
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import language
from hourglass.web.tracking.page import respond


@get("/login", needs=Permission.ANYBODY, include_in_schema=False, sync_to_thread=True)
def sign_in(
    request: Request[Any, Any, Any], tx: Given[Transaction], settings: Given[Any], token: FromQuery[str] = ""
) -> Response[Any]:
    """Use a one-time link: set the cookie and go to the first page."""
    now = SystemClock().now()
    user_id = use_login_link(tx, token, now)
    if user_id is None:
        return respond(cards.used(language(request)), 410)
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
