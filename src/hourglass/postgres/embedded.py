"""PostgreSQL as a part of Hourglass: made, started, watched and stopped by the processes that use one data folder."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from hourglass.kernel import Unavailable, monotonic
from hourglass.postgres.installation import VERSION, Owner, binary
from hourglass.postgres.probe import answers
from hourglass.postgres.processes import exists, postmaster, written_pid

USER = "hourglass"
DATABASE = "postgres"
_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET = 100
_LOG_LIMIT = 8 << 20
_START_PATIENCE = 30.0
_RECOVERY_PATIENCE = 600.0
_STOP_PATIENCE = 60.0

# Small and quiet when idle, roomy under load; parallel plans are off because the other core belongs to the other roles.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "synchronous_commit": "on",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "bgwriter_delay": "1s",
    "wal_writer_delay": "1s",
    "autovacuum_naptime": "1min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "%m [%p] ",
    "cluster_name": "hourglass",
}
_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}


class EmbeddedServer:
    """The server of one data folder. Several processes may share it; the last one to leave stops it."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.expanduser().resolve()
        self.folder = self.data / "postgres"
        self._durable = durable
        self._owner: Owner | None = None
        self._users: int | None = None
        self._launched: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where to connect."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self._socket_folder()), safe='')}"

    @property
    def pid(self) -> int | None:
        """The living server process."""
        if self._launched is not None:
            self._launched.poll()
        return postmaster(self.folder)

    def start(self) -> str:
        """Join the users of the server, start it if nobody did, and return its URL once it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self._users is None:
                self._users = os.open(self.data / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
            self._run()
        return self.url

    def probe(self, timeout: float = 5.0) -> bool:
        """Whether a new connection really gets an answer."""
        return answers(self._socket_folder() / _SOCKET, USER, DATABASE, timeout)

    def ensure_running(self) -> bool:
        """Bring a dead server back; True when that was needed."""
        if self.pid is not None and self.probe():
            self._trim_log()
            return False
        with self._alone():
            return self._run()

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

    def __enter__(self) -> EmbeddedServer:
        self.start()
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

    def _run(self) -> bool:
        if self.pid is not None:
            self._await_answer()
            return False
        if self._owner is None:
            self._owner = Owner()
            self._owner.prepare_binaries()
        self._create(self._owner)
        self._launch_until_it_holds(self._owner)
        return True

    def _create(self, owner: Owner) -> None:
        version = self.folder / "PG_VERSION"
        if not version.exists():
            _make_cluster(self.folder, owner)
        if version.read_text().strip() != VERSION:
            raise Unavailable(
                f"{self.folder} was made by PostgreSQL {version.read_text().strip()}, this is {VERSION}. "
                "Dump it with the old version of Hourglass and restore it here."
            )
        owner.own(self.folder)
        owner.own(self._socket_folder())
        if self._socket_folder().stat().st_uid != owner.uid:
            raise Unavailable(f"{self._socket_folder()} belongs to somebody else; remove it and start again.")

    def _launch_until_it_holds(self, owner: Owner) -> None:
        """Right after a SIGKILL the dead server's sessions may hold its memory for a moment, so try again for a while."""
        deadline, pause = monotonic() + _START_PATIENCE, 0.05
        while True:
            self._forget_stale_pid()
            self._trim_log()
            self._launched = self._launch(owner)
            if self._came_up(self._launched):
                return
            if monotonic() > deadline:
                raise Unavailable(f"PostgreSQL does not start; its log says why:\n{self._end_of_log()}")
            time.sleep(pause)
            pause = min(pause * 2, 1.0)

    def _launch(self, owner: Owner) -> subprocess.Popen[bytes]:
        settings = SETTINGS | ({} if self._durable else _FORGETFUL)
        command = [binary("postgres"), "-D", self.folder, "-k", self._socket_folder()]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/", **owner.popen()
            )

    def _came_up(self, process: subprocess.Popen[bytes]) -> bool:
        """True once it answers, False when it ended; a long recovery after a crash is waited for."""
        deadline = monotonic() + _RECOVERY_PATIENCE
        while process.poll() is None:
            if self.probe():
                return True
            if monotonic() > deadline:
                raise Unavailable(f"PostgreSQL started but does not answer:\n{self._end_of_log()}")
            time.sleep(0.02)
        return False

    def _await_answer(self) -> None:
        deadline = monotonic() + _RECOVERY_PATIENCE
        while not self.probe():
            if self.pid is None or monotonic() > deadline:
                raise Unavailable(f"PostgreSQL does not answer:\n{self._end_of_log()}")
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
        """After a crash the written id may belong to another program by now; PostgreSQL would refuse to start."""
        pid = written_pid(self.folder)
        if pid is not None and postmaster(self.folder) is None and exists(pid):
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.folder / _SOCKET)) <= _LONGEST_SOCKET and "," not in str(self.folder):
            return self.folder
        name = blake2b(os.fsencode(self.folder), digest_size=8).hexdigest()
        return Path(tempfile.gettempdir()) / f"hourglass-{name}"

    @property
    def _log(self) -> Path:
        return self.data / "postgres.log"

    def _trim_log(self) -> None:
        """Keep one old log; the server appends, so cutting the file under it is safe."""
        with suppress(FileNotFoundError):
            if self._log.stat().st_size > _LOG_LIMIT:
                shutil.copyfile(self._log, self._log.with_suffix(".log.1"))
                os.truncate(self._log, 0)

    def _end_of_log(self) -> str:
        with suppress(FileNotFoundError):
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-8:])
        return "(no log)"


def ensure_embedded(data: Path) -> str:
    """The URL of the running server of a data folder; this process leaves it when it exits."""
    server = EmbeddedServer(data)
    atexit.register(server.stop)
    return server.start()


def _make_cluster(folder: Path, owner: Owner) -> None:
    """Make the database files beside their place and move them there, so that a crash leaves no half of one."""
    draft = folder.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    owner.own(draft)
    command = [binary("initdb"), "-D", draft, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **owner.popen())
    if done.returncode:
        raise Unavailable(f"The database in {folder} could not be made: {done.stderr.strip() or done.stdout.strip()}")
    draft.rename(folder)
