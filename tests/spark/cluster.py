"""A real Spark cluster on this machine, from PySpark's own files: a master and two workers, each its own process."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

import httpx
import pytest

from hourglass.lake import spark_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORKERS = 2
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java programs that live for a minute need half the processor time when nobody optimises them for an hour."""

HOST = "127.0.0.1"
PATIENCE = 240
"""Seconds; a busy machine starts five Java programs slowly."""


def why_not() -> str | None:
    """Why there can be no cluster here."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return "Spark needs Java 17 or newer, and there is none here"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return f"Spark needs Java 17 or newer, here is {said.splitlines()[0] if said else 'one that does not start'}"
    return None


class Cluster:
    """Runs while the `with` does; files and logs go to `folder`."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self._folder = folder
        self._home = Path(pyspark.__file__).parent
        self._processes: list[subprocess.Popen[bytes]] = []
        self._port, self._page = free_port(), free_port()
        self.address = f"spark://{HOST}:{self._port}"

    def __enter__(self) -> Self:
        try:
            self._start("master.Master", "--port", str(self._port), "--webui-port", str(self._page))
            self._wait("a master", 0)
            for place in range(WORKERS):
                work = ["--cores", "1", "--memory", "1g", "--work-dir", str(self._folder / f"work{place}")]
                self._start("worker.Worker", *work, "--webui-port", "0", self.address)
            self._wait("its workers", WORKERS)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, part: str, *more: str) -> None:
        log = self._folder / f"{len(self._processes)}-{part}.txt"
        own = {"SPARK_HOME": str(self._home), "SPARK_CONF_DIR": str(self._folder), "SPARK_DAEMON_MEMORY": "256m"}
        own |= {"SPARK_DAEMON_JAVA_OPTS": JAVA, "SPARK_LOCAL_DIRS": str(self._folder)}
        with log.open("wb") as out:
            process = subprocess.Popen(
                [str(self._home / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}", "--host", HOST, *more],
                cwd=self._folder, env={**os.environ, **own},
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._processes.append(process)

    def _wait(self, what: str, workers: int) -> None:
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline and not self._died():
            if self._alive() >= workers:
                return
        logs = "\n".join(log.read_text(errors="replace")[-2000:] for log in sorted(self._folder.glob("*.txt")))
        raise RuntimeError(f"Spark did not get {what} within {PATIENCE} seconds.\n{logs}")

    def _died(self) -> bool:
        """Whether one of the processes is gone, a moment later."""
        try:
            self._processes[-1].wait(0.1)
        except subprocess.TimeoutExpired:
            return any(process.poll() is not None for process in self._processes)
        return True

    def _alive(self) -> int:
        """How many workers the master knows; -1 when it does not answer yet."""
        try:
            return httpx.get(f"http://{HOST}:{self._page}/json/", timeout=5, trust_env=False).json()["aliveworkers"]
        except (httpx.TransportError, ValueError):
            return -1


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster for the whole test session."""
    if reason := why_not():
        pytest.skip(reason)
    with Cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="session")
def spark(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One session on it, with an executor on each worker."""
    folder = str(tmp_path_factory.mktemp("driver"))
    session = spark_session(
        cluster.address,
        {
            "spark.driver.host": HOST,
            "spark.driver.bindAddress": HOST,
            "spark.driver.memory": "640m",
            "spark.driver.extraJavaOptions": JAVA,
            "spark.executor.extraJavaOptions": JAVA,
            "spark.executor.memory": "512m",
            "spark.executor.cores": "1",
            "spark.cores.max": str(WORKERS),
            "spark.sql.shuffle.partitions": str(WORKERS),
            "spark.ui.enabled": "false",
            "spark.local.dir": folder,
            "spark.sql.warehouse.dir": folder,
        },
    )
    yield session
    session.stop()
