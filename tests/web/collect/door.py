"""The collect door without a network: a client that speaks ASGI, and writers that keep or refuse."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from hourglass.kernel import Settings, SystemClock, Unavailable, WorkspaceId
from hourglass.log import LogWriter, Piece
from hourglass.web import CollectApp, KeyRing
from hourglass.web.auth import FoundKey

WRITE, ADMIN = "hg_w_test", "hg_a_test"


class MemoryWriter(LogWriter):
    """Keeps envelopes; refuses where told."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.refusal: Unavailable | None = None

    def append(self, workspace_id: WorkspaceId, pieces: Iterable[Piece]) -> asyncio.Future[None]:
        assert workspace_id == 1
        if self.refusal is not None:
            raise self.refusal
        self.pieces += pieces
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def envelopes(self) -> list[dict[str, Any]]:
        """Everything stored."""
        return [one for piece in self.pieces for one in msgspec.json.decode(b"[" + piece.payload + b"]")]


class TwoKeys(KeyRing):
    """Knows one key of each kind."""

    def __init__(self) -> None:
        self._seen = {
            WRITE: FoundKey(workspace_id=WorkspaceId(1), kind="write"),
            ADMIN: FoundKey(workspace_id=WorkspaceId(1), kind="admin"),
        }

    def remembered(self, key: str) -> FoundKey | None:
        return self._seen.get(key)

    async def find(self, key: str) -> FoundKey | None:
        return self._seen.get(key)


class Door:
    """An app with its writer, and a client in front of it."""

    def __init__(self, **settings: Any) -> None:
        self.writer = MemoryWriter()
        made = Settings(data=Path("unused"), **settings)
        self.app = CollectApp(self.writer, TwoKeys(), SystemClock(), made)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://door.test")

    async def post(self, path: str, body: Any, key: str | None = WRITE, **headers: str) -> httpx.Response:
        """A call; anything that is not bytes goes as JSON."""
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        if key is not None:
            headers["authorization"] = f"Basic {b64encode(f'{key}:'.encode()).decode()}"
        return await self.client.post(path, content=content, headers=headers)
