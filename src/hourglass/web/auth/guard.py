"""The one place where permission is asked: what an endpoint declares it needs, against what the actor has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from hourglass.kernel import Forbidden, Permission, SystemClock
from hourglass.postgres import Database
from hourglass.web.auth.actor import Actor, authenticate

_Connection = ASGIConnection[Any, Any, Any, Any]
_ACTOR = "hourglass_actor"


def make_guard(database: Database) -> Callable[[_Connection, BaseRouteHandler], Awaitable[None]]:
    """A guard before every endpoint and before its body is read; one that declares nothing is closed to everybody."""

    def who(connection: _Connection) -> Actor:
        with database.transaction() as tx:
            return authenticate(connection, tx, SystemClock().now())

    async def guard(connection: _Connection, handler: BaseRouteHandler) -> None:
        needed = needs(handler)
        if needed is Permission.ANYBODY:
            return
        if needed is None:
            raise Forbidden("This address is closed: it does not say who may use it.")
        actor = await asyncio.to_thread(who, connection)
        actor.rights.demand(needed)
        cast("dict[str, Any]", connection.scope)[_ACTOR] = actor

    return guard


def needs(handler: BaseRouteHandler) -> Permission | None:
    """What an endpoint declares; None when it says nothing."""
    return handler.opt.get("needs")


def actor_of(connection: _Connection) -> Actor:
    """Whom the guard let in. Forbidden where it had nobody to ask for."""
    found = cast("dict[str, Any]", connection.scope).get(_ACTOR)
    if not isinstance(found, Actor):
        raise Forbidden("This address is open to anybody, so it cannot act for somebody.")
    return found
