"""What comes into a delivery worker's hands: due messages, claimed, with everything that is asked about them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from hourglass.kernel import Clock
from hourglass.messages.attempts import Attempt
from hourglass.messages.candidate import Candidate
from hourglass.messages.claim import Claim, claim, next_due, withheld_meanwhile
from hourglass.messages.facts import load
from hourglass.messages.held import Held
from hourglass.messages.library import Library
from hourglass.messages.outcome import Resolved
from hourglass.messages.providers import address_kinds
from hourglass.messages.recorder import PASSING
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_PAUSE = 0.25


class Intake:
    """Reads for one worker; every method is one transaction in a thread."""

    def __init__(self, database: Database, clock: Clock, worker: UUID, held: Held) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._held = held
        self._library = Library()
        self._addresses = address_kinds()

    async def claim(self, channels: Sequence[str], limit: int) -> list[Claim]:
        """Due messages that are this worker's from now on."""
        return await asyncio.to_thread(self._claim, channels, limit)

    async def candidates(self, claims: Sequence[Claim], odd: Callable[[Resolved], None]) -> list[Candidate]:
        """The facts, for all at once; where one message breaks that, one by one, and the odd one fails alone."""
        try:
            return await self._loaded(claims)
        except Exception as error:  # noqa: BLE001 - whatever one message breaks, the others go on
            if len(claims) > 1:
                return [candidate for one in claims for candidate in await self.candidates([one], odd)]
            _say.exception("message_cannot_be_prepared", message=claims[0].id)
            attempt = Attempt(workspace_id=claims[0].workspace_id, id=claims[0].id, number=claims[0].attempts)
            odd(attempt.becomes("failed", self._clock.now(), "render_failed", str(error)))
            return []

    async def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When the next message falls due."""
        return await asyncio.to_thread(self._next_due, channels)

    async def withheld_meanwhile(self) -> set[int]:
        """Which messages in hand must not leave any more."""
        return await asyncio.to_thread(self._withheld) if self._held else set()

    async def _loaded(self, claims: Sequence[Claim]) -> list[Candidate]:
        """They are claimed already, so an outage is waited out."""
        while True:
            try:
                return await asyncio.to_thread(self._load, claims)
            except PASSING:
                await asyncio.sleep(_PAUSE)

    def _claim(self, channels: Sequence[str], limit: int) -> list[Claim]:
        with self._database.transaction() as tx:
            claims = claim(tx, self._worker, channels, limit, self._clock.now())
        self._held.take(claims)
        return claims

    def _load(self, claims: Sequence[Claim]) -> list[Candidate]:
        with self._database.transaction() as tx:
            return load(tx, claims, self._library, self._addresses, self._clock.now())

    def _next_due(self, channels: Sequence[str]) -> datetime | None:
        with self._database.transaction() as tx:
            return next_due(tx, channels)

    def _withheld(self) -> set[int]:
        with self._database.transaction() as tx:
            return withheld_meanwhile(tx, self._held.pairs())
