"""Durable events over HTTP, alone and in batches: client, server and PostgreSQL share the machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec

from bench.bare import TABLE, copy_rows
from bench.load import Load, requests
from bench.row import Row, metered
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Database, EmbeddedServer, connect, migrate
from hourglass.web import create_key

_SECONDS = {"small": 2.0, "full": 5.0}
_ROUNDS = {"small": 3, "full": 5}
_COMMIT = 1000


def single(size: str) -> list[Row]:
    """One event a request, 64 connections."""
    with _place() as (database, data), metered() as meter:
        load = _load(database, "/v1/track", batch=1, connections=64, size=size)
        with _serving("bare", database.url, data) as bare, _serving("ours", database.url, data) as ours:
            pairs = [(_drive(load, bare), _drive(load, ours)) for _ in range(_ROUNDS[size])]
    return [_row("ingest_single", pairs, meter, "bare ASGI + COPY, group commit")]


def batch(size: str) -> list[Row]:
    """A hundred events a request, 8 connections."""
    with _place() as (database, data), metered() as meter:
        load = _load(database, "/v1/batch", batch=100, connections=8, size=size)
        with _serving("ours", database.url, data) as ours:
            pairs = [(_copy(load, database.url), _drive(load, ours)) for _ in range(_ROUNDS[size])]
    return [_row("ingest_batch", pairs, meter, f"COPY of the same events, {_COMMIT} rows a commit")]


def _row(name: str, pairs: list[tuple[float, float]], meter: object, note: str) -> Row:
    limit, ours = (median(pair[side] for pair in pairs) for side in (0, 1))
    fields = {field: getattr(meter, field) for field in ("wall_s", "cpu_s", "peak_mb")}
    return Row(name=name, ours=ours, limit=limit, unit="events/s", note=note, **fields)


@contextmanager
def _place() -> Generator[tuple[Database, Path]]:
    with tempfile.TemporaryDirectory() as folder, EmbeddedServer(Path(folder)) as server:
        migrate(server.url)
        with connect(server.url) as connection:
            connection.execute(TABLE)
        database = Database(server.url)
        yield database, Path(folder)
        database.close()


def _load(database: Database, path: str, *, batch: int, connections: int, size: str) -> Load:
    with database.transaction() as tx:
        key = create_key(tx, WorkspaceId(1), "write", datetime.now(UTC))
    return Load(port=0, path=path, key=key, batch=batch, connections=connections, seconds=_SECONDS[size])


@contextmanager
def _serving(what: str, url: str, data: Path) -> Generator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bench.ingest_server", what, url, str(port), str(data)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _await(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _drive(load: Load, port: int) -> float:
    load = msgspec.structs.replace(load, port=port)
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=msgspec.json.encode(load),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return float(done.stdout)


def _copy(load: Load, url: str) -> float:
    """Events a second of COPY alone, for half the time."""
    events: list[bytes] = []
    for request in requests(load)[:50]:
        content = msgspec.json.decode(request.partition(b"\r\n\r\n")[2])
        events += [msgspec.json.encode(event) for event in content["batch"]]
    with connect(url) as connection:
        begun, copied = time.perf_counter(), 0
        while (spent := time.perf_counter() - begun) < load.seconds / 2:
            copy_rows(connection, events, _COMMIT)
            copied += len(events)
    return copied / spent
