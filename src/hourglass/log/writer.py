"""Group commit: what arrives while one commit is under way goes into the next one, so a hundred requests cost one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import psycopg
import structlog

from hourglass.kernel import Clock, Settings, Unavailable, WorkspaceId
from hourglass.log.disk import FreeDisk
from hourglass.log.gather import Piece, gather
from hourglass.log.pipeline import Pipeline

_say = structlog.get_logger(__name__)
_WAITING_BYTES = 64_000_000
_FIRST_BACK_OFF = 0.05
_LAST_BACK_OFF = 2.0
_AWAY = "The database is not available right now. Nothing was stored; send it again."
_BUSY = "The server is busy storing what others sent. Nothing was stored; send it again."
_UNCERTAIN = "The database went away while storing. Send it again: the same messageId counts once."


class LogWriter:
    """Appends to the log for one event loop, over one connection that it renews by itself."""

    def __init__(self, url: str, clock: Clock, settings: Settings) -> None:
        self._url = url
        self._clock = clock
        self._disk = FreeDisk(settings.data, settings.min_free_mb)
        self._pipeline: Pipeline | None = None
        self._pieces: list[tuple[WorkspaceId, Piece]] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._bytes = 0
        self._work = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether it is connected and accepts."""
        return self._pipeline is not None and not self._closing

    async def start(self) -> None:
        """Connect, and from then on keep connected in the background; never raises."""
        connected = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._run(connected))
        await connected.wait()

    def append(self, workspace_id: WorkspaceId, pieces: Iterable[Piece]) -> asyncio.Future[None]:
        """Await it: done means durable. Raises Unavailable, at once or when awaited, where that is not certain."""
        self._demand()
        for piece in pieces:
            self._bytes += len(piece.payload)
            self._pieces.append((workspace_id, piece))
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._work.set()
        return future

    def reason_to_refuse(self) -> str | None:
        """Why nothing can be stored right now; None when it can."""
        try:
            self._demand()
        except Unavailable as error:
            return error.sentence
        return None

    async def close(self) -> None:
        """Accept nothing more, make durable what was accepted, leave."""
        self._closing = True
        self._work.set()
        if self._task is not None:
            await self._task

    def _demand(self) -> None:
        if self._pipeline is None or self._closing:
            raise Unavailable(_AWAY)
        if self._bytes > _WAITING_BYTES:
            raise Unavailable(_BUSY)
        self._disk.demand()

    async def _run(self, tried: asyncio.Event) -> None:
        back_off = _FIRST_BACK_OFF
        while not self._closing:
            try:
                self._pipeline = await Pipeline.open(self._url)
                tried.set()
                back_off = _FIRST_BACK_OFF
                await self._flush_until_closed(self._pipeline)
            except (Unavailable, psycopg.Error) as error:
                _say.warning("log_waits_for_postgres", reason=str(error))
            except Exception:  # noqa: BLE001 - whatever it was, the next request deserves a new connection
                _say.exception("log_writer_failed")
            finally:
                tried.set()
                await self._forget_connection()
            if not self._closing:
                await asyncio.sleep(back_off)
                back_off = min(_LAST_BACK_OFF, back_off * 2)

    async def _flush_until_closed(self, pipeline: Pipeline) -> None:
        while self._waiting or not self._closing:
            await self._work.wait()
            self._work.clear()
            if self._waiting:
                await self._flush(pipeline)

    async def _flush(self, pipeline: Pipeline) -> None:
        pieces, self._pieces = self._pieces, []
        waiting, self._waiting = self._waiting, []
        self._bytes = 0
        try:
            await pipeline.commit(gather(pieces, self._clock.now()))
        except BaseException:
            _refuse(waiting, _UNCERTAIN)
            raise
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def _forget_connection(self) -> None:
        pipeline, self._pipeline = self._pipeline, None
        waiting, self._waiting = self._waiting, []
        self._pieces, self._bytes = [], 0
        _refuse(waiting, _AWAY)
        if pipeline is not None:
            await pipeline.close()


def _refuse(waiting: Sequence[asyncio.Future[None]], sentence: str) -> None:
    for future in waiting:
        if not future.done():
            future.set_exception(Unavailable(sentence))
