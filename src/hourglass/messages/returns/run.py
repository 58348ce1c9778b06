"""The role that receives returned mail: a door for mail servers, a mailbox that is looked through, or both."""

from __future__ import annotations

import asyncio
import imaplib
from collections.abc import Sequence

import structlog

from hourglass.channels import load_marker
from hourglass.kernel import Clock, Settings, Unavailable
from hourglass.messages.returns.mailbox import Mailbox, look_through, read_mailbox_url
from hourglass.messages.returns.note import forget, note
from hourglass.messages.returns.read import read_returned
from hourglass.messages.returns.returned import Stranger
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_EVERY = 60.0
_DAY = 24 * 3600.0


async def receive(database: Database, clock: Clock, settings: Settings, stop: asyncio.Event) -> None:
    """Receive until told to stop. Raises Malformed for a wrong mailbox."""
    taker = Taker(database, clock, settings)
    mailbox = read_mailbox_url(settings.bounce_mailbox) if settings.bounce_mailbox else None
    jobs: list[asyncio.Task[object]] = [asyncio.create_task(stop.wait()), asyncio.create_task(_tidy(taker))]
    if mailbox is not None:
        jobs.append(asyncio.create_task(_poll(mailbox, taker)))
    server = await _open(taker, settings) if settings.bounce_port else None
    try:
        done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        for job in done:
            job.result()  # what nobody foresaw ends the role, and the supervisor starts it again
    finally:
        for job in jobs:
            job.cancel()
        if server is not None:
            server.close()


class Taker:
    """Notes returned mail, one transaction each; called from threads."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._partitions = settings.partitions
        self.marker = load_marker(settings.mail_folder())

    def take(self, octets: bytes, recipients: Sequence[str] = ()) -> bool:
        """Whether it is dealt with; False: the database is away, and the mail must come again."""
        now = self._clock.now()
        read = read_returned(octets, recipients, self.marker, now)
        if isinstance(read, Stranger):
            _say.info("returned_mail_is_not_ours", why=read.why)
            return True
        try:
            with self._database.transaction() as tx:
                note(tx, [read], now, self._partitions)
        except Unavailable as error:
            _say.warning("returned_mail_waits", reason=error.sentence)
            return False
        return True

    def tidy(self) -> None:
        """Forget what is old."""
        with self._database.transaction() as tx:
            forget(tx, self._clock.now())


async def _open(taker: Taker, settings: Settings) -> asyncio.Server:
    from hourglass.messages.returns.door import ReturnDoor, open_door

    server = await open_door(ReturnDoor(taker.marker, taker.take), settings.bounce_host, settings.bounce_port)
    _say.info("returns_open", port=settings.bounce_port)
    return server


async def _poll(mailbox: Mailbox, taker: Taker) -> None:
    while True:
        try:
            await asyncio.to_thread(look_through, mailbox, taker.take)
        except (OSError, imaplib.IMAP4.error) as error:
            _say.warning("mailbox_cannot_be_read", host=mailbox.host, reason=str(error))
        await asyncio.sleep(_EVERY)


async def _tidy(taker: Taker) -> None:
    while True:
        try:
            await asyncio.to_thread(taker.tidy)
        except Unavailable as error:
            _say.warning("returned_mail_not_tidied", reason=error.sentence)
        await asyncio.sleep(_DAY)
