"""A real server for tests and benches: `hourglass serve` in processes of its own, as a person starts it.

with Mailbox() as mailbox, Live(tmp_path / "data", smtp_url=mailbox.url) as live:
    httpx.post(f"{live.url}/v1/track", auth=(live.write_key, ""), json={...})
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import httpx

from hourglass.postgres import Database, EmbeddedServer
from hourglass.supervisor import read_serving
from tests.waiting import until

_START, _STOP = 180.0, 60.0
_LINK = re.compile(r"https?://\S+/login\?token=\S+")


class Live:
    """One installation: a data folder, a port, and the processes that serve them.

    Settings are those of `hourglass.kernel.Settings`: `Live(folder, flush_seconds=0.1)`.
    """

    def __init__(self, data: Path, **settings: object) -> None:
        self.data = data
        self.port = free_port()
        settings["port"] = self.port
        self._settings = {f"HOURGLASS_{name.upper()}": str(value) for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None
        data.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What its processes said so far, the embedded PostgreSQL excepted."""
        path = self.data / "serve.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def first_link(self) -> str:
        """The one-time link that the very first start printed."""
        return _LINK.findall(self.log)[0]

    @cached_property
    def write_key(self) -> str:
        return self.command("keys", "create", "write").strip()

    @cached_property
    def admin_key(self) -> str:
        return self.command("keys", "create", "admin").strip()

    def new_link(self) -> str:
        """Another one-time link."""
        return _LINK.findall(self.command("login-link"))[0]

    def twin(self, data: Path, **settings: object) -> Live:
        """Another installation that begins as a copy of this one, keys included; this one must be stopped."""
        other = Live(data, **settings)
        subprocess.run(["cp", "-a", f"{self.data}/.", str(data)], check=True)
        other.write_key, other.admin_key = self.write_key, self.admin_key
        return other

    def command(self, *words: str) -> str:
        """Run `hourglass ...` on this folder; what it printed. Fails when it fails."""
        done = subprocess.run(
            [*_HOURGLASS, *words, "--data", str(self.data)],
            env=self._environment(), capture_output=True, text=True, timeout=_START, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def define(self, *documents: dict[str, Any]) -> None:
        """Save documents by the admin API."""
        for document in documents:
            address = f"{self.url}/api/definitions/{document['kind']}/{document['key']}"
            answer = httpx.put(address, json=document, headers=self.admin, timeout=20)
            assert answer.is_success, answer.text

    def ask(self, path: str) -> Any:
        """What the admin API answers to a GET."""
        answer = httpx.get(self.url + path, headers=self.admin, timeout=20)
        assert answer.is_success, answer.text
        return answer.json()

    @property
    def settings(self) -> dict[str, str]:
        """Its settings as variables of the environment."""
        return dict(self._settings)

    @property
    def admin(self) -> dict[str, str]:
        """Headers that open the admin API."""
        return {"Authorization": f"Bearer {self.admin_key}"}

    def begin(self) -> None:
        """Start its processes without waiting for them."""
        with (self.data / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_HOURGLASS, "serve", "--data", str(self.data)],
                env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, process_group=0,
            )  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it is healthy."""
        self.begin()
        self.await_health()

    def await_health(self, seconds: float = _START) -> None:
        """Until /health says ok; fails with the end of its log when its supervisor ends instead."""
        until(lambda: self.healthy() or self.ended, seconds)
        assert not self.ended, self.log[-4000:]

    def healthy(self) -> bool:
        """Whether it answers and says that all is well."""
        return self.health().get("status") == "ok"

    def health(self) -> dict[str, Any]:
        """What it says about itself; nothing while it does not answer."""
        try:
            return httpx.get(f"{self.url}/health", timeout=5).json()
        except (httpx.HTTPError, ValueError):
            return {}

    @property
    def ended(self) -> bool:
        """Whether its supervisor is gone."""
        return self._process is None or self._process.poll() is not None

    def pids(self) -> dict[str, int]:
        """Its processes by name: `supervisor`, `postgres`, `web`, `engine`, `delivery` ..., as far as they run."""
        serving = read_serving(self.data)
        postgres = None if "HOURGLASS_DATABASE_URL" in self._settings else EmbeddedServer(self.data).pid
        found = {} if serving is None else {"supervisor": serving.pid, **serving.roles}
        return found | ({} if postgres is None else {"postgres": postgres})

    def kill(self, *names: str) -> None:
        """SIGKILL at these processes, at once; those that are just not there are left out."""
        pids = self.pids()
        for name in names:
            with suppress(KeyError, ProcessLookupError):
                os.kill(pids[name], signal.SIGKILL)

    def kill_everything(self) -> None:
        """As if the power went: every process at once, the supervisor and PostgreSQL included."""
        assert self._process is not None
        supervisor = self._process.pid
        with suppress(ProcessLookupError):
            os.kill(supervisor, signal.SIGSTOP)  # or it would bring back the first while the last is killed
        for pid in {supervisor, *self.pids().values(), *_children(supervisor)}:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def ask_to_stop(self) -> None:
        """SIGTERM, as `docker stop` and systemd send it."""
        if self._process is not None:
            self._process.terminate()

    def stop(self, seconds: float = _STOP) -> int | None:
        """Stop it in order; the supervisor's exit status."""
        self.ask_to_stop()
        if self._process is not None:
            self._process.wait(seconds)
            return self._process.returncode
        return None

    @contextmanager
    def database(self) -> Generator[Database]:
        """Its database, to look into."""
        database = Database(self._settings.get("HOURGLASS_DATABASE_URL") or EmbeddedServer(self.data).url)
        yield database
        database.close()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a statement answers."""
        with self.database() as database, database.transaction() as tx:
            return tx.execute(query.encode(), values).fetchall()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.kill_everything()
            raise
        finally:
            self._stop_left_over_database()

    def _stop_left_over_database(self) -> None:
        """A killed supervisor leaves the database running; who joins it and leaves again stops it."""
        server = EmbeddedServer(self.data)
        if server.pid is not None:
            server.start()
            server.stop()

    def _environment(self) -> dict[str, str]:
        """Ours, without what a developer may have set."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("HOURGLASS_")}
        return own | self._settings


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


_HOURGLASS = (sys.executable, "-m", "hourglass.cli")


def free_port() -> int:
    """A port nobody has, and none that the system gives to outgoing connections: it stays free between two starts."""
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
