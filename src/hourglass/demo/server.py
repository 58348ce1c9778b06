"""The server beside the demo: started as a process of its own, or the one that already serves the data folder."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from hourglass.kernel import Settings, Unavailable, monotonic
from hourglass.supervisor import pack_settings, read_serving

_PATIENCE, _REASON_PATIENCE, _STOP_PATIENCE, _GLANCE = 120.0, 10.0, 40.0, 0.1


@contextmanager
def serving(settings: Settings, roles: Sequence[str]) -> Generator[str]:
    """The address at which the server answers; it is stopped at the end if it was started here."""
    running = read_serving(settings.data)
    if running is not None:
        address = f"http://{running.host}:{running.port}"
        _await_answer(address, None, settings)
        yield address
        return
    process = _start(settings, roles)
    try:
        _await_answer(f"http://{settings.host}:{settings.port}", process, settings)
        yield settings.base_url()
    finally:
        _stop(process)


def _start(settings: Settings, roles: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a process group of its own, so that Ctrl-C reaches the demo first and the server is stopped in order."""
    command = [sys.executable, "-m", "hourglass.cli", "serve-all", *roles]
    with (settings.data / "demo-server.log").open("ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, process_group=0)
    assert process.stdin is not None
    with process.stdin as pipe:
        pipe.write(pack_settings(settings))
    return process


def _await_answer(address: str, process: subprocess.Popen[bytes] | None, settings: Settings) -> None:
    begun = monotonic()
    while (found := _health(address)).get("status") != "ok":
        waited = monotonic() - begun
        if "reason" in found and waited > _REASON_PATIENCE:
            raise Unavailable(found["reason"])
        if waited > _PATIENCE or (process is not None and process.poll() is not None):
            raise Unavailable(f"The server does not start; {settings.data / 'demo-server.log'} says why.")
        time.sleep(_GLANCE)


def _health(address: str) -> dict[str, Any]:
    """What it says about itself; nothing while it does not answer."""
    try:
        return httpx.get(f"{address}/health", timeout=2).json()
    except (httpx.TransportError, ValueError):
        return {}


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
