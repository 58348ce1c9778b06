"""The web role's application: the collect door as bare ASGI, everything else by Litestar, the admin page as files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Router, get
from litestar.config.compression import CompressionConfig
from litestar.di import NamedDependency as Given
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from hourglass import __version__
from hourglass.definitions import Kinds
from hourglass.kernel import Clock, Permission, Rights, Settings, Workspace
from hourglass.postgres import Database, Transaction, find_workspace
from hourglass.web.auth.actor import Actor
from hourglass.web.auth.guard import actor_of, make_guard
from hourglass.web.auth.session_answer import Demo
from hourglass.web.headers import make_headers
from hourglass.web.openapi import say_who_may
from hourglass.web.pages import page_handlers
from hourglass.web.refusals import REFUSALS

ASGI = Callable[[Any, Any, Any], Awaitable[None]]


class Parts(Struct, frozen=True, kw_only=True):
    """What the application is made of."""

    database: Database
    clock: Clock
    settings: Settings
    kinds: Kinds
    collect: ASGI
    controllers: Sequence[ControllerRouterHandler]
    refusal: Callable[[], str | None] = lambda: None
    """Why the collect door can store nothing right now; None when it can."""
    follow: Callable[..., None]
    """Takes orders and runs along when people are merged by hand."""
    demo: Callable[[Transaction], Demo | None]
    """How the demo's clock runs, where there is one."""


def make_application(parts: Parts) -> ASGI:
    """One ASGI callable: `/v1/` is the hot path and never meets the framework."""
    framework = _framework(parts)
    collect = parts.collect

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/"):
            await collect(scope, receive, send)
        else:
            await framework(scope, receive, send)

    return application


def _framework(parts: Parts) -> Litestar:
    return Litestar(
        route_handlers=[*parts.controllers, _openapi, *page_handlers()],
        guards=[make_guard(parts.database)],
        before_send=[make_headers(parts.settings)],
        dependencies=_dependencies(parts),
        exception_handlers=REFUSALS,
        openapi_config=OpenAPIConfig(
            title="Hourglass",
            version=__version__,
            create_examples=False,
            use_handler_docstrings=True,
            # Its own pages load scripts from elsewhere; the document itself is ours to serve.
            openapi_router=Router(
                "/api/openapi", route_handlers=[], opt={"needs": Permission.ANYBODY}, include_in_schema=False
            ),
            render_plugins=[JsonRenderPlugin()],
        ),
        compression_config=CompressionConfig(backend="gzip", minimum_size=2000),
    )


@get("/api/openapi.json", needs=Permission.ANYBODY, include_in_schema=False, sync_to_thread=False)
def _openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the admin API offers, as OpenAPI 3.1."""
    return say_who_may(request.app)


def _dependencies(parts: Parts) -> dict[str, Provide]:
    async def provide_tx() -> AsyncGenerator[Transaction]:
        # The pool may wait for PostgreSQL: never on the event loop that serves the hot path.
        unit = parts.database.transaction()
        tx = await asyncio.to_thread(unit.__enter__)
        try:
            yield tx
        except BaseException as error:
            await asyncio.to_thread(unit.__exit__, type(error), error, error.__traceback__)
            raise
        await asyncio.to_thread(unit.__exit__, None, None, None)

    def provide_actor(request: Request[Any, Any, Any]) -> Actor:
        return actor_of(request)

    def provide_workspace(tx: Given[Transaction], actor: Given[Actor]) -> Workspace:
        return find_workspace(tx, actor.workspace_id)

    def provide_actor_name(actor: Given[Actor]) -> str:
        return actor.name

    def provide_rights(actor: Given[Actor]) -> Rights:
        return actor.rights

    def provide_demo(tx: Given[Transaction]) -> Demo | None:
        return parts.demo(tx)

    return {
        "tx": Provide(provide_tx),
        "actor": Provide(provide_actor, sync_to_thread=False),
        "workspace": Provide(provide_workspace, sync_to_thread=True),
        "actor_name": Provide(provide_actor_name, sync_to_thread=False),
        "rights": Provide(provide_rights, sync_to_thread=False),
        "refusal": Provide(parts.refusal, sync_to_thread=False),
        "follow": Provide(lambda: parts.follow, sync_to_thread=False),
        "demo": Provide(provide_demo, sync_to_thread=True),
        "clock": Provide(lambda: parts.clock, sync_to_thread=False),
        "settings": Provide(lambda: parts.settings, sync_to_thread=False),
        "kinds": Provide(lambda: parts.kinds, sync_to_thread=False),
        "database": Provide(lambda: parts.database, sync_to_thread=False),
        "data_root": Provide(lambda: Path(parts.settings.data), sync_to_thread=False),
    }
