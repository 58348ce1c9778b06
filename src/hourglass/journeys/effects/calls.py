"""Beside the tick: calls that journeys asked for are made, tried again when that may help, answered by an event."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from msgspec import Struct

from hourglass.journeys.effects.answered import Answered, tell_answer
from hourglass.journeys.effects.hosts import Hosts
from hourglass.journeys.effects.post import SECONDS, Request, Tried, post
from hourglass.kernel import Clock, Settings, Unavailable, WorkspaceId, monotonic
from hourglass.postgres import Database, Queries, Transaction
from hourglass.secrets import Vault, open_vault, read_secrets

if TYPE_CHECKING:
    import httpx

_say = structlog.get_logger(__name__)
_queries = Queries(Path(__file__).with_name("calls.sql"))
_AT_ONCE = 16
_LEASE = timedelta(seconds=6 * SECONDS)
_MOST_TRIES = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0
_GLANCE, _LOOK_ANYWAY = 1.0, 5.0
_KEPT = timedelta(days=30)
_FORGET_EVERY = 3600.0


class _Due(Struct, frozen=True, kw_only=True):
    workspace_id: WorkspaceId
    run_id: int
    visit: str
    journey: str
    step: str
    method: str
    host: str
    request: Request
    tries: int
    proof: UUID
    asked_at: datetime
    deadline: datetime

    @property
    def mark(self) -> str:
        """The same at every try, so that the receiver can tell a repeat."""
        return f"hg-call-{self.workspace_id}-{self.run_id}-{self.visit}"


class Calls:
    """A thread of the engine. Several share the work; a host that is away is left alone for a while."""

    def __init__(
        self, database: Database, clock: Clock, settings: Settings, draw: Callable[[], float] = random.random
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._draw = draw
        self._vault: Vault | None = None
        self._hosts = Hosts()
        self._forgot = monotonic()
        self._look_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Look whenever somebody says so, and now and then."""
        listener = self._database.listen("hourglass_calls")
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="call") as pool:
            while not stop.is_set():
                woken = listener.wait(_GLANCE)
                if woken or self._hosts.calls or monotonic() >= self._look_at:
                    self._look_at = monotonic() + _LOOK_ANYWAY
                    self._safely(lambda: self._start(pool))
        listener.close()

    def once(self) -> int:
        """Make every call that is due, one after the other; how many tries that were."""
        tries = 0
        while due := self._claim(_AT_ONCE):
            for one in due:
                self._carry_out(one)
            tries += len(due)
        return tries

    def _start(self, pool: ThreadPoolExecutor) -> None:
        free = _AT_ONCE - self._hosts.calls
        for one in self._claim(free) if free > 0 else []:
            pool.submit(self._safely, lambda one=one: self._carry_out(one))
        with self._database.transaction() as tx:
            due: datetime | None = _queries.scalar(tx, "next")
        if due is not None:
            seconds = (due - self._clock.now()) / timedelta(seconds=1) / self._clock.pace()
            self._look_at = min(self._look_at, monotonic() + max(0.0, seconds))
        if monotonic() - self._forgot > _FORGET_EVERY:
            self._forgot = monotonic()
            with self._database.transaction() as tx:
                _queries.execute(tx, "forget", before=self._clock.now() - _KEPT)

    def _claim(self, most: int) -> list[_Due]:
        now = self._clock.now()
        away = self._hosts.full()
        with self._database.transaction() as tx:
            _queries.execute(tx, "drop", now=now)
            due = _queries.rows(tx, "claim", _Due, now=now, lease=now + _LEASE, away=away, most=most)
        self._hosts.began([one.host for one in due])
        return due

    def _carry_out(self, one: _Due) -> None:
        try:
            if rest := self._hosts.rest(one.host):
                self._put_off(one, rest)
                return
            try:
                tried = self._try(one)
            except BaseException:
                self._hosts.unheard(one.host)
                raise
            self._hosts.heard(one.host, tried)
            self._settle(one, tried)
        finally:
            self._hosts.ended(one.host)

    def _try(self, one: _Due) -> Tried:
        names = one.request.secrets()
        secrets: dict[str, str] = {}
        if names:
            self._vault = self._vault or open_vault(self._settings)
            with self._database.transaction() as tx:
                secrets = read_secrets(tx, self._vault, one.workspace_id, names)
        with _client() as client:
            private = self._settings.webhook_private
            return post(client, one.method, one.request, secrets, one.mark, self._clock, private=private)

    def _settle(self, one: _Due, tried: Tried) -> None:
        """Answered, given up, or once more after a pause that doubles, drawn so that not all come back at once."""
        now = self._clock.now()
        pause = max(tried.pause, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (one.tries - 1)) * (0.5 + self._draw()))
        again = now + timedelta(seconds=pause)
        if tried.again and one.tries < _MOST_TRIES and again < one.deadline:
            self._write(one, again, one.tries, tried)
            return
        with self._database.transaction() as tx:
            state = "done" if tried.ok else "failed"
            told = {"state": state, "detail": tried.detail or None, "status": tried.status, "now": now}
            if _queries.execute(tx, "end", **_place(one), **told):
                self._tell(tx, one, tried, now)

    def _tell(self, tx: Transaction, one: _Due, tried: Tried, now: datetime) -> None:
        answered = Answered(
            run_id=one.run_id, visit=one.visit, journey=one.journey, step=one.step, tries=one.tries, proof=one.proof
        )
        who = _queries.tuples(tx, "who", workspace_id=one.workspace_id, run_id=one.run_id)
        if who:
            tell_answer(tx, one.workspace_id, answered, who[0], tried, one.mark, now, self._settings.partitions)

    def _put_off(self, one: _Due, seconds: float) -> None:
        """Nobody was asked, so it does not count as a try."""
        away = Tried(ok=False, detail="The other side is away; it is left alone for a while.")
        self._write(one, self._clock.now() + timedelta(seconds=seconds), one.tries - 1, away)

    def _write(self, one: _Due, not_before: datetime, tries: int, tried: Tried) -> None:
        with self._database.transaction() as tx:
            told = {"not_before": not_before, "tries": tries, "detail": tried.detail or None, "status": tried.status}
            _queries.execute(tx, "again", **_place(one), **told)

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Unavailable as error:
            _say.warning("calls_wait", reason=error.sentence)
        except Exception:  # noqa: BLE001 - it is due again when its lease is over
            _say.exception("call_not_carried_out")


def _place(one: _Due) -> dict[str, object]:
    return {"workspace_id": one.workspace_id, "run_id": one.run_id, "visit": one.visit}


def _client() -> httpx.Client:
    """One for each call: a connection that is kept would be used for whoever else has that address."""
    import httpx

    return httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False)
