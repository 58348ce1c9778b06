"""Stores mails as they come, many with one statement; each waits until it is kept before its sender hears so."""

from __future__ import annotations

import asyncio

import structlog

from hourglass.inbox.store import Arrived, prune, store
from hourglass.kernel import Unavailable
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_MOST = 200
_PRUNE_EVERY = 500


class Gather:
    """While one batch is written, the next one gathers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Arrived, asyncio.Future[bool]]] = []
        self._some = asyncio.Event()
        self._since_pruned = _PRUNE_EVERY

    async def keep(self, mail: Arrived) -> bool:
        """True once the mail is in the database, False when that was not possible."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((mail, future))
        self._some.set()
        return await future

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._some.wait()
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            if not self._waiting:
                self._some.clear()
            kept = await asyncio.to_thread(self._write, [mail for mail, _ in batch])
            for _, future in batch:
                if not future.done():
                    future.set_result(kept)

    def _write(self, mails: list[Arrived]) -> bool:
        try:
            with self._database.transaction() as tx:
                store(tx, mails)
                self._since_pruned += len(mails)
                if self._since_pruned > _PRUNE_EVERY:
                    prune(tx)
                    self._since_pruned = 0
        except Unavailable as error:
            _say.warning("mail_not_kept", mails=len(mails), reason=error.sentence)
            return False
        return True
