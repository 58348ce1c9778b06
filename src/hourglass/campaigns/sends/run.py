"""Beside the tick: campaigns are carried on as soon as something is to be done for one."""

from __future__ import annotations

import threading

import structlog

from hourglass.campaigns.sends.advance import advance, hurries
from hourglass.campaigns.sends.rules import Rules
from hourglass.campaigns.sends.unwelcome import stop_unwelcome
from hourglass.kernel import Clock, Settings, Unavailable, Workspace, monotonic
from hourglass.postgres import Database, list_workspaces

_say = structlog.get_logger(__name__)
_GLANCE, _GLANCE_WHEN_BUSY = 1.0, 0.2
_LOOK_ANYWAY = 5.0
_LISTEN_EVERY = 15.0  # seconds between two looks at what people complain about


class Campaigns:
    """A thread of the engine. Several do not disturb each other: a send is held by one at a time."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._clock = clock
        self._data = settings.data
        self._rules = Rules(settings)
        self._listened = -_LISTEN_EVERY

    def run(self, stop: threading.Event) -> None:
        """Look whenever somebody says so, while something is on its way, and now and then."""
        listener = self._database.listen("hourglass_campaigns")
        looked, busy = -_LOOK_ANYWAY, False
        while not stop.is_set():
            woken = listener.wait(_GLANCE_WHEN_BUSY if busy else _GLANCE)
            if woken or busy or monotonic() - looked > _LOOK_ANYWAY:
                looked = monotonic()
                busy = self._safely()
        listener.close()

    def _carry_on(self, one: Workspace) -> bool:
        going = advance(self._database, self._data, one, self._clock.now(), self._rules)
        return going and hurries(self._database, one, self._clock.now())

    def _safely(self) -> bool:
        try:
            with self._database.transaction() as tx:
                workspaces = list_workspaces(tx)
            if monotonic() - self._listened > _LISTEN_EVERY:
                self._listened = monotonic()
                for one in workspaces:
                    with self._database.transaction() as tx:
                        stop_unwelcome(tx, one.id)
            busy = [self._carry_on(one) for one in workspaces]
            return any(busy)
        except Unavailable as error:
            _say.warning("campaigns_wait_for_postgres", reason=error.sentence)
        except Exception:  # noqa: BLE001 - the note says what went wrong, and it is tried again later
            _say.exception("campaigns_not_carried_on")
        return False
