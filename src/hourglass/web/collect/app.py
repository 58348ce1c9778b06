"""The collect door as bare ASGI: `200 {"success": true}` is said only when the events are durable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from hourglass.kernel import Clock, HourglassError, NotFound, Settings, Unauthorised
from hourglass.log import LogWriter
from hourglass.web.auth.keyring import KeyRing
from hourglass.web.auth.keys import FoundKey
from hourglass.web.collect.answers import Answer, answer, failure, preflight, readable_by, success
from hourglass.web.collect.body import Disconnected, Receive, read_body
from hourglass.web.collect.browser_settings import asked_for, browser_settings
from hourglass.web.collect.bucket import Buckets
from hourglass.web.collect.parcel import Arrival, open_parcel
from hourglass.web.collect.paths import CALLS, METRICS, Call
from hourglass.web.collect.request import Request, basic_user, browser_address, read_request

Send = Callable[[Any], Awaitable[None]]
_NO_KEY = "A write key is needed: as the user name of HTTP Basic, or as `writeKey` in the body."
_UNKNOWN = "This write key is not known here, or was revoked. Make one with `hourglass keys create write`."
_ADMIN = "This is an admin key, which must never leave the server; events take a write key."


class CollectApp:
    """`POST /v1/...`, and the settings that browser SDKs ask for."""

    def __init__(self, writer: LogWriter, keys: KeyRing, clock: Clock, settings: Settings) -> None:
        self._writer = writer
        self._keys = keys
        self._clock = clock
        self._settings = settings
        self._buckets = Buckets(settings.rate_limit) if settings.rate_limit > 0 else None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        request = read_request(scope)
        try:
            call = CALLS.get(scope["path"])
            if call is None or scope["method"] != "POST":
                start, body = self._aside(scope, request)
            else:
                await self._store(call, scope, request, receive)
                start, body = success(request.origin)
        except HourglassError as error:
            start, body = failure(error, request.origin)
        except Disconnected:
            return
        await send(start)
        await send(body)

    async def _store(self, call: Call, scope: Any, request: Request, receive: Receive) -> None:
        """Returns once everything in the body is durable."""
        body = await read_body(receive, request.length, request.encoding)
        arrival = Arrival(call, self._clock.now(), browser_address(scope, request), self._settings.partitions)
        if request.authorization is None:
            parcel = open_parcel(body, arrival)
            found = await self._admit(parcel.write_key)
        else:
            found = await self._admit(basic_user(request.authorization))
            parcel = open_parcel(body, arrival)
        if parcel.pieces:
            await self._writer.append(found.workspace_id, parcel.pieces)

    async def _admit(self, key: str | None) -> FoundKey:
        """What the key opens; raises Unauthorised, TooMany, Unavailable."""
        if not key:
            raise Unauthorised(_NO_KEY)
        found = self._keys.remembered(key) or await self._keys.find(key)
        if found is None:
            raise Unauthorised(_UNKNOWN)
        if found.kind != "write":
            raise Unauthorised(_ADMIN)
        if self._buckets is not None:
            self._buckets.take(key)
        return found

    def _aside(self, scope: Any, request: Request) -> Answer:
        """Everything that stores nothing."""
        path, method = scope["path"], scope["method"]
        if method == "OPTIONS":
            return preflight(request.origin, request.wanted_headers)
        if path == METRICS:
            return success(request.origin)
        key = asked_for(path)
        if key is not None and method == "GET":
            body = browser_settings(key, self._settings, request, scope)
            return answer(200, body, *readable_by(request.origin or b"*"))
        if path in CALLS:
            sentence = f'{{"error":"Send events to {path} by POST."}}'.encode()
            return answer(405, sentence, (b"allow", b"POST, OPTIONS"), *readable_by(request.origin))
        raise NotFound(f"There is nothing at {path}; events go to /v1/batch or /v1/track.")
