"""One light parent: keeps the embedded PostgreSQL and every role running, and stops them in order."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec

from hourglass.kernel import HourglassError, Settings, Unavailable, monotonic
from hourglass.postgres import COME_BACK_LATER, EmbeddedServer
from hourglass.supervisor.child import Child
from hourglass.supervisor.handover import STOP_SECONDS, pack_settings
from hourglass.supervisor.place import require_ports
from hourglass.supervisor.serving import Serving, only_one, write_serving
from hourglass.supervisor.wakeup import Wakeup

_say = logging.getLogger(__name__)
_GLANCE = 1.0
_LOOK_CLOSELY = 10.0
_TRY = 2.0
"""How long to try to bring the database back before looking after the roles, and hearing signals, again."""
_RECOVER = 10.0
"""How long it may recover from a crash before the same."""


def role_command(role: str) -> list[str]:
    """How a role is run; it reads its settings from standard input."""
    return [sys.executable, "-m", "hourglass.cli", "serve-role", role]


class Supervisor:
    """Runs the roles of one data folder until it is asked to stop."""

    def __init__(
        self,
        settings: Settings,
        roles: Sequence[str],
        *,
        command: Callable[[str], Sequence[str]] = role_command,
        patience: float = STOP_SECONDS + 2,
    ) -> None:
        self._settings = settings
        self._roles = roles
        self._command = command
        self._patience = patience
        self._wakeup = Wakeup()
        self._server = None if settings.database_url else EmbeddedServer(settings.data)
        self._children: list[Child] = []
        self._written: dict[str, int] | None = None
        self._look_at = 0.0

    def run(self) -> None:
        """Serve; returns after a clean stop. Raises Conflict when the folder or the port is taken."""
        with only_one(self._settings.data):
            require_ports(self._settings, self._roles)
            self._wakeup.listen()
            try:
                self._watch(self._prepare())
            finally:
                self._stop()

    def _prepare(self) -> bytes:
        """The database is there and has the right shape; what the roles are told."""
        url = self._settings.database_url if self._server is None else self._start(self._server)
        while not self._wakeup.stopping:
            try:
                _migrate(url)
                break
            except Unavailable as error:
                _say.warning("Waiting for the database: %s", error.sentence)
                self._wakeup.sleep(_GLANCE)
        return pack_settings(msgspec.structs.replace(self._settings, database_url=url))

    def _start(self, server: EmbeddedServer) -> str:
        """Its URL. After a crash it may need minutes to recover, and a signal is heard meanwhile."""
        while True:
            try:
                return server.start(_RECOVER)
            except Unavailable:
                if server.pid is None:
                    raise
                if self._wakeup.stopping:
                    return server.url
                _say.warning("PostgreSQL recovers; that may take a while")

    def _watch(self, gift: bytes) -> None:
        self._children = [Child(role, self._command(role), gift) for role in self._roles]
        while not self._wakeup.stopping:
            self._tend_server()
            for child in self._children:
                sentence = child.tend()
                if sentence is not None:
                    _say.warning(sentence)
            self._write()
            pauses = [child.seconds_to_start() for child in self._children]
            self._wakeup.sleep(min([_GLANCE, *(pause for pause in pauses if pause is not None)]))

    def _tend_server(self) -> None:
        """Is its process there? Each second, for nothing; does it answer? More rarely, since that costs a session."""
        if self._server is None:
            return
        if self._server.pid is not None and monotonic() < self._look_at:
            return
        try:
            if self._server.ensure_running(_TRY, _RECOVER):
                _say.warning("PostgreSQL had ended; it runs again")
        except (HourglassError, OSError) as error:  # a full disk, perhaps; it is tried again
            _say.error("PostgreSQL cannot be brought back right now: %s", error)
        self._look_at = monotonic() + _LOOK_CLOSELY

    def _write(self) -> None:
        roles = {child.role: child.pid for child in self._children if child.pid is not None}
        if roles != self._written:
            settings = self._settings
            serving = Serving(pid=os.getpid(), host=settings.host, port=settings.port, roles=roles)
            with suppress(OSError):  # a full disk is no reason to stop; it is written as soon as there is room
                write_serving(settings.data, serving)
                self._written = roles

    def _stop(self) -> None:
        """Politely, then not; the database last, for the roles still write to it."""
        try:
            for child in self._children:
                child.ask_to_stop()
            deadline = monotonic() + self._patience
            while not all(child.stopped() for child in self._children) and monotonic() < deadline:
                self._wakeup.sleep(0.1)
        finally:
            for child in self._children:
                child.kill()
            if self._server is not None:
                self._server.stop()


def _migrate(url: str) -> None:
    """In a process of its own, which takes the database driver along when it ends."""
    done = subprocess.run(
        [sys.executable, "-m", "hourglass.postgres"], input=url, capture_output=True, text=True, check=False
    )
    if done.returncode:
        kind = Unavailable if done.returncode == COME_BACK_LATER else HourglassError
        raise kind(f"The database could not be brought up to date. {done.stderr.strip()}")
