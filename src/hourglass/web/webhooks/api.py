"""`/webhooks/{workspace}/{channel}`: what a provider tells is checked, becomes events, and then is answered 200."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

import structlog
from litestar import HttpMethod, Request, Response, post, route
from litestar.di import NamedDependency as Given
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from hourglass.channels import Call, Fetch, Heard, fetch
from hourglass.kernel import Clock, Malformed, NotFound, Permission, Settings, SystemClock, Unauthorised, Workspace
from hourglass.messages import Called, Counted, find_called, hear, use_once
from hourglass.postgres import Database, list_workspaces
from hourglass.secrets import open_vault

_say = structlog.get_logger(__name__)
_LARGEST = 5_000_000
_vault = cache(open_vault)


def webhook_handlers(reading: Fetch = fetch) -> list[ControllerRouterHandler]:
    """The routes; `reading` fetches certificates."""

    @route(
        "/webhooks/{shop:str}/{key:str}",
        needs=Permission.ANYBODY,
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        include_in_schema=False,
    )
    async def knock() -> Response[str]:
        """Some providers look whether somebody answers before they keep an address."""
        return Response("Hourglass listens here.", media_type="text/plain")

    @post(
        "/webhooks/{shop:str}/{key:str}",
        needs=Permission.ANYBODY,
        status_code=200,
        request_max_body_size=_LARGEST,
        include_in_schema=False,
    )
    async def told(
        request: Request[Any, Any, Any],
        database: Given[Database],
        clock: Given[Clock],
        settings: Given[Settings],
        shop: FromPath[str],
        key: FromPath[str],
    ) -> Response[dict[str, Any]]:
        """Read with the plug-in of the channel; signatures live by the clock of the machine."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Call(headers=headers, body=await request.body(), now=SystemClock().now())
        workspace, called = await asyncio.to_thread(_find, database, settings, shop, key, reading)
        heard = await _read(called, call, key)
        counted = await asyncio.to_thread(_take, database, clock, settings, workspace, called, heard, call)
        return Response({"success": True, "events": counted.told})

    return [knock, told]


async def _read(called: Called, call: Call, key: str) -> Heard:
    try:
        return await called.listener.read(call)
    except Unauthorised as error:
        _say.warning("webhook_refused", channel=key, reason=error.sentence)
        raise
    except (ValueError, OverflowError, OSError) as error:  # a number that is no moment, and the like
        raise Malformed(f"This cannot be read: {error}") from error


def _find(database: Database, settings: Settings, shop: str, key: str, reading: Fetch) -> tuple[Workspace, Called]:
    with database.transaction() as tx:
        workspace = next((one for one in list_workspaces(tx) if one.key == shop), None)
        if workspace is None:
            raise NotFound(f"There is no workspace “{shop}”.")
        return workspace, find_called(tx, workspace.id, key, _vault(settings), reading)


def _take(
    database: Database, clock: Clock, settings: Settings, workspace: Workspace, called: Called, heard: Heard, call: Call
) -> Counted:
    with database.transaction() as tx:
        if heard.once:
            use_once(tx, workspace.id, heard.once, call.body, call.now)
        return hear(tx, workspace.id, called.channel, heard.feedback, clock.now(), settings.partitions)
