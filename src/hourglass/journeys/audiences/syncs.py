"""Beside the tick: other systems are told who is in their audiences, as asked and in order; consent is asked first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from msgspec import Struct
from msgspec.structs import replace

from hourglass.connectors import (
    CONNECTOR,
    AudienceConnector,
    Connector,
    Membership,
    Outcome,
    Taken,
    open_connector,
    read_connector,
)
from hourglass.definitions import live
from hourglass.journeys.audiences.people import Due, Told, who_may_be_told
from hourglass.kernel import Clock, HourglassError, Settings, Unavailable, digest, monotonic, secret_names
from hourglass.postgres import Database, Queries, Transaction
from hourglass.secrets import Vault, open_vault, read_secrets

_say = structlog.get_logger(__name__)
_queries = Queries(Path(__file__).with_name("syncs.sql"))
_MOST = 1000
_LEASE = timedelta(minutes=5)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
_MOST_TRIES = 20
_GLANCE, _LOOK_ANYWAY = 5.0, 30.0
_KEPT = timedelta(days=30)


class Settled(Struct, frozen=True, kw_only=True):
    """What became of it. `reason`: a code, where it was not done."""

    due: Due
    state: str
    reason: str | None = None
    detail: str | None = None
    pause: float = 0.0


class Syncs:
    """A thread of the engine; of several, one at a time tells a connector something."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._vault: Vault | None = None
        self._look_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Look whenever somebody says so, and now and then."""
        listener = self._database.listen("hourglass_audiences")
        while not stop.is_set():
            if listener.wait(_GLANCE) or monotonic() >= self._look_at:
                self._look_at = monotonic() + _LOOK_ANYWAY
                self._safely(self.once)
        listener.close()

    def once(self) -> int:
        """Tell everything that is due; how many memberships that were."""
        told = 0
        while due := self._claim():
            settled = list(self._carry_out(due))
            self._settle(settled)
            told += len(due)
        return told

    def _claim(self) -> list[Due]:
        now = self._clock.now()
        with self._database.transaction() as tx:
            _queries.tuples(tx, "one_claims")
            _queries.execute(tx, "forget", before=now - _KEPT)
            found = _queries.rows(tx, "claim", Due, now=now, lease=now + _LEASE, most=_MOST)
        return sorted(found, key=lambda one: one.id)

    def _carry_out(self, due: Sequence[Due]) -> Iterator[Settled]:
        """Those of one audience."""
        try:
            with self._database.transaction() as tx:
                connector = self._connector(tx, due[0])
                told = who_may_be_told(tx, due[0].workspace_id, connector, due) if connector else []
        except HourglassError as error:
            yield from (
                Settled(due=one, state="queued", reason="connector_unfit", detail=error.sentence) for one in due
            )
            return
        if connector is None:
            yield from (Settled(due=one, state="refused", reason="no_such_connector") for one in due)
            return
        yield from (Settled(due=one.due, state="refused", reason=one.refused) for one in told if one.refused)
        going = [one for one in told if one.member is not None]
        yield from self._tell(connector, going)

    def _tell(self, connector: Connector, told: Sequence[Told]) -> Iterator[Settled]:
        if not told:
            return
        try:
            opened = open_connector(connector.manifest, connector.settings)
        except HourglassError as error:
            taken = Taken(outcome=Outcome.LATER, detail=error.sentence)
            yield from (_settled(one.due, taken) for one in told)
            return
        try:
            for first in range(0, len(told), opened.batch):
                part = told[first : first + opened.batch]
                yield from map(_settled, [one.due for one in part], self._ask(opened, part))
        finally:
            opened.close()

    def _ask(self, opened: AudienceConnector, part: Sequence[Told]) -> list[Taken]:
        mark = f"hg-audience-{part[0].due.workspace_id}-{digest(*(str(one.due.id) for one in part)).hex[:16]}"
        memberships = [Membership(member=one.member, add=one.due.added) for one in part if one.member is not None]
        try:
            return opened.keep(part[0].due.audience, memberships, mark, self._clock.now())
        except Exception as error:  # noqa: BLE001 - a plug-in must not raise; when one does, it is asked again later
            _say.exception("connector_failed", connector=part[0].due.connector)
            return [Taken(outcome=Outcome.LATER, detail=type(error).__name__) for _ in part]

    def _connector(self, tx: Transaction, one: Due) -> Connector | None:
        """As its document stands now. Raises Malformed when it cannot be read, or lacks a secret."""
        found = next((each for each in live(tx, one.workspace_id, CONNECTOR.name) if each.key == one.connector), None)
        if found is None:
            return None
        self._vault = self._vault or open_vault(self._settings)
        secrets = read_secrets(tx, self._vault, one.workspace_id, secret_names(found.body.get("settings")))
        read = read_connector(found.body, secrets.get)
        if "private" in read.manifest.granted:
            return replace(read, settings=replace(read.settings, private=self._settings.webhook_private))
        return read

    def _settle(self, settled: Sequence[Settled]) -> None:
        now = self._clock.now()
        with self._database.transaction() as tx:
            _queries.execute(
                tx,
                "settle",
                ids=[one.due.id for one in settled],
                states=[one.state for one in settled],
                reasons=[one.reason for one in settled],
                details=[one.detail[:500] if one.detail else None for one in settled],
                moments=[now + _pause(one) for one in settled],
                now=now,
            )
            due: datetime | None = _queries.scalar(tx, "next")
        if due is not None:
            self._look_at = monotonic() + max(0.0, (due - now).total_seconds() / self._clock.pace())

    def _safely(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Unavailable as error:
            _say.warning("audiences_wait", reason=error.sentence)
        except Exception:  # noqa: BLE001 - it is due again when its lease is over
            _say.exception("audience_not_told")


def _settled(one: Due, taken: Taken) -> Settled:
    match taken.outcome:
        case Outcome.DONE:
            return Settled(due=one, state="done")
        case Outcome.LATER if one.tries < _MOST_TRIES:
            return Settled(due=one, state="queued", reason="try_later", detail=taken.detail, pause=taken.pause)
        case Outcome.LATER:
            return Settled(due=one, state="failed", reason="refused_too_often", detail=taken.detail)
        case Outcome.REFUSED:
            return Settled(due=one, state="failed", reason="refused", detail=taken.detail)


def _pause(one: Settled) -> timedelta:
    doubled: timedelta = _FIRST_PAUSE * 2 ** min(one.due.tries - 1, 10)
    return max(timedelta(seconds=one.pause), min(_LONGEST_PAUSE, doubled))
