"""PostgreSQL as a part of Hourglass: made, started, watched and stopped by the processes that use one data folder."""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from hourglass.kernel import Unavailable, ensure_folder, monotonic
from hourglass.postgres.cluster import DATABASE, USER, ensure_cluster, serve_command
from hourglass.postgres.installation import Owner
from hourglass.postgres.probe import answers
from hourglass.postgres.processes import disown, living_server, read_pid_file
from hourglass.postgres.server_log import ServerLog

COME_BACK_LATER = 75
"""Exit status of `python -m hourglass.postgres` when the database is away (EX_TEMPFAIL of sysexits.h)."""
_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET = 100
_START_PATIENCE = 30.0
_RECOVERY_PATIENCE = 600.0
_STOP_PATIENCE = 60.0


class EmbeddedServer:
    """The server of one data folder. Several processes may share it; the last one to leave stops it."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.expanduser().resolve()
        self.folder = self.data / "postgres"
        self._log = ServerLog(self.data / "postgres.log")
        self._durable = durable
        self._owner: Owner | None = None
        self._users: int | None = None
        self._launched: subprocess.Popen[Any] | None = None

    @property
    def url(self) -> str:
        """Where to connect."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self._socket_folder()), safe='')}"

    @property
    def pid(self) -> int | None:
        """The living server process."""
        if self._launched is not None:
            self._launched.poll()
        server = living_server(self.folder)
        return None if server is None else server.pid

    def start(self, recovery: float = _RECOVERY_PATIENCE) -> str:
        """Join the users of the server, start it if nobody did, and return its URL once it answers.

        Raises Unavailable when it does not start, or has not recovered from a crash after so many seconds; then it may
        be called again. Whoever does not wait so long leaves by `stop`.
        """
        ensure_folder(self.data)
        with self._alone():
            if self._users is None:
                self._users = os.open(self.data / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
            self._run(_START_PATIENCE, recovery)
        return self.url

    def probe(self, timeout: float = 5.0) -> bool:
        """Whether a new connection really gets an answer."""
        return answers(self._socket_folder() / _SOCKET, USER, DATABASE, timeout)

    def ensure_running(self, patience: float = _START_PATIENCE, recovery: float = _RECOVERY_PATIENCE) -> bool:
        """Bring a dead server back; True when that was needed. Raises Unavailable when it does not come in time."""
        if self.pid is not None and self.probe():
            self._log.trim()
            return False
        with self._alone():
            return self._run(patience, recovery)

    def stop(self) -> None:
        """Leave; whoever is last shuts the server down."""
        if self._users is None:
            return
        with self._alone():
            with suppress(BlockingIOError):
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._shut_down()
            os.close(self._users)
            self._users = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Starting and stopping happen one at a time over all processes."""
        handle = os.open(self.data / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _run(self, patience: float, recovery: float) -> bool:
        if self.pid is not None:
            self._await_answer(recovery)
            return False
        if self._owner is None:
            self._owner = Owner(self.folder)
            self._owner.prepare_binaries()
        ensure_cluster(self.folder, self._owner)
        self._owner.own(self._own_socket_folder())
        self._launch_until_it_holds(self._owner, patience, recovery)
        return True

    def _launch_until_it_holds(self, owner: Owner, patience: float, recovery: float) -> None:
        """Right after a SIGKILL the dead server's sessions may hold its memory for a moment, so try for a while."""
        deadline, pause = monotonic() + patience, 0.05
        while True:
            self._forget_stale_pid()
            self._log.trim()
            self._launched = self._launch(owner)
            if self._came_up(self._launched, recovery):
                return
            if monotonic() > deadline:
                raise Unavailable(f"PostgreSQL does not start; its log says why:\n{self._log.end()}")
            time.sleep(pause)
            pause = min(pause * 2, 1.0)

    def _launch(self, owner: Owner) -> subprocess.Popen[Any]:
        command = serve_command(self.folder, self._own_socket_folder(), durable=self._durable)
        with self._log.path.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **owner.popen(),
            )

    def _came_up(self, process: subprocess.Popen[Any], recovery: float) -> bool:
        """True once it answers, False when it ended; a recovery after a crash is waited for."""
        deadline = monotonic() + recovery
        while process.poll() is None:
            server = read_pid_file(self.folder)
            if server is not None and server.pid == process.pid and server.ready and self.probe():
                return True
            if monotonic() > deadline:
                raise Unavailable(f"PostgreSQL started but does not answer:\n{self._log.end()}")
            time.sleep(0.02)
        return False

    def _await_answer(self, recovery: float) -> None:
        deadline = monotonic() + recovery
        while not self.probe():
            if self.pid is None or monotonic() > deadline:
                raise Unavailable(f"PostgreSQL does not answer:\n{self._log.end()}")
            time.sleep(0.02)

    def _shut_down(self) -> None:
        """Fast shutdown: sessions are ended, everything is written."""
        for how in (signal.SIGINT, signal.SIGQUIT):
            deadline = monotonic() + _STOP_PATIENCE
            pid = self.pid
            if pid is None:
                return
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            while self.pid is not None and monotonic() < deadline:
                time.sleep(0.01)

    def _forget_stale_pid(self) -> None:
        """After a crash the written process ids may be others' by now, and PostgreSQL would refuse to start."""
        if self.pid is None:
            disown(self.folder / "postmaster.pid")
            disown(self._own_socket_folder() / f"{_SOCKET}.lock")

    def _socket_folder(self) -> Path:
        server = living_server(self.folder)
        return self._own_socket_folder() if server is None else server.socket_folder

    def _own_socket_folder(self) -> Path:
        """Beside the data or, since the system allows about a hundred bytes, in a short place for temporary files."""
        if len(os.fsencode(self.folder / _SOCKET)) <= _LONGEST_SOCKET and "," not in str(self.folder):
            return self.folder
        name = blake2b(os.fsencode(self.folder), digest_size=8).hexdigest()
        return Path(tempfile.gettempdir()) / f"hourglass-{name}"


def ensure_embedded(data: Path) -> str:
    """The URL of the running server of a data folder; this process leaves it when it exits."""
    server = EmbeddedServer(data)
    atexit.register(server.stop)
    return server.start()
