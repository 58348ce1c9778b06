"""The whole flow on one screen: everything that a batch of events and the passing of time cause, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from hourglass import commerce, history, journeys, lake, log, messages, profiles
from hourglass.audience import Audience, settle_lists
from hourglass.events import Dropped, Event, decode
from hourglass.history import Batch, EventNames
from hourglass.journeys import JourneyEngine
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction

_CHUNK_PLACES = 100_000


class TickReport(Struct, frozen=True, kw_only=True):
    """What one tick did for one workspace."""

    events: int = 0
    repeated: int = 0
    dropped: int = 0
    people: int = 0
    moved_segments: int = 0
    at_doors: int = 0
    """How many came to journeys; not all of them entered."""
    runs_entered: int = 0
    runs_moved: int = 0
    messages: int = 0

    def plus(self, other: TickReport) -> TickReport:
        """Both together."""
        names = self.__struct_fields__
        return TickReport(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        told = self.events or self.repeated or self.dropped
        return not (told or self.at_doors or self.runs_moved or self.moved_segments)


class Engine:
    """Carries batches through the stages. What it remembers between ticks is a cache: it can be lost at any moment.

    `partitions`: of the log, for what the tick itself tells.
    """

    def __init__(self, worker: int = 0, partitions: int = 1) -> None:
        self._worker = worker
        self._names = EventNames()
        self._memory = profiles.Memory()
        self._audience = Audience(self._names)
        self._journeys = JourneyEngine(self._names, partitions)
        self._partitions = partitions

    def tick(
        self,
        tx: Transaction,
        workspace: Workspace,
        chunks: Sequence[log.Chunk],
        now: datetime,
        *,
        due: datetime | None,
    ) -> TickReport:
        """One workspace's share of the log, then whatever fell due by `due` (None: nothing is roused).

        `due` may lie before `now`: an event still unread may end what falls due after it.
        """
        events, seqs, dropped = _decoded(chunks, now, workspace.currency)
        log.bury(tx, workspace.id, dropped, now)
        new = history.only_new(tx, workspace.id, events)
        people = profiles.resolve(new, tx, workspace.id, now, self._memory)
        profiles.apply(new, people, tx, workspace.id, now)
        concerned = commerce.apply(new, people, tx, workspace)
        commerce.redeem_orders(new, tx, workspace, now, self._partitions)
        journeys.follow(tx, workspace, people.absorbed, now)
        batch = Batch(new, [seqs[event.id] for event in new], people.identity_ids, people.profile_ids)
        frame = history.store(tx, workspace, batch, self._names, now)
        lake.enqueue(tx, "events", frame)
        messages.apply_feedback(new, people, tx)
        if not (batch.events or due):
            return TickReport(dropped=len(dropped))
        # Journeys on segment entry are to hear of both: who was moved by hand meanwhile, and who moves now.
        listed = settle_lists(tx, workspace.id, people.touched, now)
        moved = self._audience.update(
            tx,
            workspace,
            touched={name: batch.people(name) for name in batch.names},
            changed=people.changed | concerned,
            now=now,
            due=due,
        )
        advanced = self._journeys.advance(tx, workspace, batch, now, due, (listed, moved))
        history.count(tx, workspace, batch, self._worker, now)
        return TickReport(
            events=len(new),
            repeated=len(events) - len(new),
            dropped=len(dropped),
            people=len(people.touched),
            moved_segments=sum(one.entered.height + one.left.height for one in (listed, moved)),
            at_doors=advanced.came,
            runs_entered=advanced.entered,
            runs_moved=advanced.moved + advanced.ended,
            messages=advanced.messages,
        )

    def next_due(self, tx: Transaction, workspace: Workspace) -> datetime | None:
        """When time alone will cause something."""
        moments = (self._audience.next_due(tx, workspace), self._journeys.next_due(tx, workspace))
        return min((moment for moment in moments if moment), default=None)

    def forget(self) -> None:
        """A part of the transaction was rolled back: what was learned in it never came to be."""
        self._memory.confirm(committed=False)


def _decoded(
    chunks: Sequence[log.Chunk], now: datetime, currency: str
) -> tuple[list[Event], dict[str, int], list[Dropped]]:
    events: list[Event] = []
    seqs: dict[str, int] = {}
    dropped: list[Dropped] = []
    for chunk in chunks:
        good, bad = decode(chunk.payload, chunk.received_at, now, currency)
        for place, event in enumerate(good, chunk.first_place):
            seqs.setdefault(event.id, chunk.seq * _CHUNK_PLACES + place)
        events += good
        dropped += bad
    return events, seqs, dropped
