"""What comes into a delivery worker's hands: due messages, claimed, with everything that is asked about them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from msgspec import Struct

from hourglass.kernel import Clock, WorkspaceId
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.candidates.facts import load
from hourglass.messages.content.library import Library
from hourglass.messages.delivery.attempts import Attempt
from hourglass.messages.delivery.chain import know_carriers
from hourglass.messages.delivery.held import Held
from hourglass.messages.delivery.outcome import Resolved
from hourglass.messages.delivery.pace import pace
from hourglass.messages.delivery.providers import address_kinds
from hourglass.messages.delivery.recorder import PASSING
from hourglass.messages.delivery.twins import withhold_twins
from hourglass.messages.delivery.ways import Place, Way, Ways
from hourglass.messages.gate.judge import judge
from hourglass.messages.outbox.claim import Claim, Lane, claim, next_due, withheld_meanwhile
from hourglass.postgres import Database, Transaction

_say = structlog.get_logger(__name__)
_PAUSE = 0.25


class Taken(Struct, frozen=True, kw_only=True):
    """What one look into the outbox brought: messages, or when there will be some."""

    claims: list[Claim]
    candidates: list[Candidate]
    next_due: datetime | None = None
    ways: dict[tuple[int, str], tuple[Way, ...]] = {}
    """By workspace and channel: who may take their messages, best first."""


class Intake:
    """Reads for one worker; every look is one transaction in a thread."""

    def __init__(self, database: Database, clock: Clock, worker: UUID, held: Held, ways: Ways) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._held = held
        self._ways = ways
        self._libraries = {lane: Library() for lane in Lane}
        self._addresses = address_kinds()

    async def take(
        self,
        resting: Collection[str],
        limit: int,
        odd: Callable[[Resolved], None],
        lane: Lane = Lane.TRIGGERED,
        rooms: Mapping[Place, int] | None = None,
    ) -> Taken:
        """Due messages of a lane that are this worker's from now on, with their facts; none of resting channels.

        `rooms`: how many may be planned for providers that are not well.
        Where one message breaks the reading of facts, they are read one by one, and `odd` hears of the one that fails.
        """
        try:
            return await asyncio.to_thread(self._take, resting, limit, lane, dict(rooms or {}))
        except PASSING:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one message breaks, the others go on
            _say.warning("messages_taken_one_by_one", reason=str(error))
            claims, ways = await asyncio.to_thread(self._claim, resting, limit, lane)
            alone = [await self._alone(one, odd, dict(rooms or {})) for one in claims]
            return Taken(claims=claims, candidates=[candidate for one in alone for candidate in one], ways=ways)

    async def withheld_meanwhile(self) -> set[int]:
        """Which messages in hand must not leave any more."""
        return await asyncio.to_thread(self._withheld) if self._held else set()

    async def _alone(self, one: Claim, odd: Callable[[Resolved], None], rooms: dict[Place, int]) -> list[Candidate]:
        while True:
            try:
                return await asyncio.to_thread(self._load, one, rooms)
            except PASSING:  # it is claimed already, so an outage is waited out
                await asyncio.sleep(_PAUSE)
            except Exception as error:  # noqa: BLE001 - it is told to `odd`, with its trace in the log
                _say.exception("message_cannot_be_prepared", message=one.id)
                attempt = Attempt(workspace_id=one.workspace_id, id=one.id, number=one.attempts)
                odd(attempt.becomes("failed", self._clock.now(), "render_failed", str(error)))
                return []

    def channels(self) -> set[str]:
        """Those that somebody can carry."""
        with self._database.transaction() as tx:
            return self._ways.channels(tx)

    def _take(self, resting: Collection[str], limit: int, lane: Lane, rooms: dict[Place, int]) -> Taken:
        now = self._clock.now()
        with self._database.transaction() as tx:
            channels = self._ways.channels(tx) - set(resting)
            claims = claim(tx, self._worker, channels, limit, now, lane)
            ways = self._ways_of(tx, claims)
            taken = Taken(
                claims=claims,
                candidates=self._judged(tx, claims, ways, rooms, now),
                next_due=None if claims else next_due(tx, channels, lane),
                ways=ways,
            )
        self._held.take(claims)
        return taken

    def _claim(
        self, resting: Collection[str], limit: int, lane: Lane
    ) -> tuple[list[Claim], dict[tuple[int, str], tuple[Way, ...]]]:
        with self._database.transaction() as tx:
            channels = self._ways.channels(tx) - set(resting)
            claims = claim(tx, self._worker, channels, limit, self._clock.now(), lane)
            ways = self._ways_of(tx, claims)
        self._held.take(claims)
        return claims, ways

    def _ways_of(self, tx: Transaction, claims: Sequence[Claim]) -> dict[tuple[int, str], tuple[Way, ...]]:
        asked = {(one.workspace_id, one.channel) for one in claims}
        return {place: tuple(self._ways.of(tx, WorkspaceId(place[0]), place[1])) for place in asked}

    def _load(self, one: Claim, rooms: dict[Place, int]) -> list[Candidate]:
        with self._database.transaction() as tx:
            return self._judged(tx, [one], self._ways_of(tx, [one]), rooms, self._clock.now())

    def _judged(
        self,
        tx: Transaction,
        claims: Sequence[Claim],
        ways: Mapping[tuple[int, str], tuple[Way, ...]],
        rooms: dict[Place, int],
        now: datetime,
    ) -> list[Candidate]:
        """Facts and the answers of the gate, as of one moment; whoever passes waits their turn at the provider."""
        library = self._libraries[claims[0].lane if claims else Lane.TRIGGERED]
        candidates = load(tx, claims, library, self._addresses)
        know_carriers(tx, candidates, ways, rooms, now)
        judge(tx, candidates, now)
        withhold_twins(tx, candidates)
        pace(tx, candidates, ways, rooms, now)
        return candidates

    def _withheld(self) -> set[int]:
        with self._database.transaction() as tx:
            return withheld_meanwhile(tx, self._held.pairs())
