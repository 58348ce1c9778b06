"""Parts that many tests share: a real PostgreSQL, with a fresh database for each test."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from hourglass.postgres import Database, EmbeddedServer, connect, migrate

pytest_plugins = ["tests.spark.cluster"]

# A busy machine is no reason to fail; under CI Hypothesis has the same in a profile of its own.
settings.register_profile("patient", deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("patient")

_ROOM = 8_000_000_000
_numbers = count(1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long variants run when asked for, by `-m long`; the browser leaves its event loop running, so it comes last."""
    items.sort(key=lambda item: "e2e" in item.path.parts)
    if "long" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long; runs with -m long"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes go by the name of their argument: what was packed holds the second, and workers must name a test alike."""
    return argname if isinstance(val, bytes) else None


def pytest_sessionfinish() -> None:
    """The summary is the last word: DuckDB complains on exit about what Granian, embedded in a test, never lets go."""
    if "duckdb" in sys.modules:
        atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """One embedded server for the whole test session; quick and forgetful."""
    # Not below pytest's own folder: other sessions close that to all users but theirs, and PostgreSQL is another one.
    with (
        TemporaryDirectory(prefix="hourglass-tests-", dir=_in_memory()) as folder,
        EmbeddedServer(Path(folder), durable=False) as running,
    ):
        yield running


def _in_memory() -> Path | None:
    """Where files cost least: a database of its own for each test is some 700 of them, 0.3 s of a core on ext4."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and disk_usage(memory).free > _ROOM else None


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    """Name of a migrated database that others are copied from."""
    _create(server, "template_hourglass", "template0")
    migrate(_url(server, "template_hourglass"))
    return "template_hourglass"


@pytest.fixture
def database(server: EmbeddedServer, template: str) -> Iterator[Database]:
    """A fresh migrated database with the workspace 1, `default`."""
    name = f"test_{next(_numbers)}"
    _create(server, name, template)
    fresh = Database(_url(server, name))
    yield fresh
    fresh.close()
    with connect(server.url) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


def _create(server: EmbeddedServer, name: str, template: str) -> None:
    with connect(server.url) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def _url(server: EmbeddedServer, name: str) -> str:
    return server.url.replace("@/postgres?", f"@/{name}?")
