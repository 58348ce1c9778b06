"""A campaign goes out while its delivery workers are killed at random: nobody is left out, nobody gets it twice."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests.campaigns.desk import Desk
from tests.channels.scripted_smtp import Script
from tests.messages.shop import until
from tests.messages.test_crash import WORKER

_CONNECTIONS = 8


@pytest.mark.parametrize(
    ("people", "kills"),
    [(500, 4), pytest.param(20_000, 40, marks=[pytest.mark.long, pytest.mark.timeout(1800)])],
    ids=["small", "long"],
)
async def test_killed_at_random_everybody_gets_it_once(
    desk: Desk, data: Path, mta: Script, people: int, kills: int
) -> None:
    desk.readers_many(people)
    desk.send(datetime.now(UTC))
    chance, over = Random(7), asyncio.Event()
    carrying = asyncio.create_task(carry_on(desk, over))
    for _ in range(kills):
        before = len(mta.mails)
        with working(desk, data, mta):
            await until(lambda before=before: len(mta.mails) > before or over.is_set(), 60)
            await asyncio.sleep(chance.random() * 0.3)
    with working(desk, data, mta):
        await until(over.is_set, 60 + people / 50)
    await carrying
    got, states = [mail.rcpt_tos[0] for mail in mta.mails], desk.states()
    unknown = states.get("unknown", 0)
    assert len(got) == len(set(got)), "somebody got it twice"
    assert states["sent"] + unknown == people
    assert states["sent"] <= len(got) <= states["sent"] + unknown
    assert unknown <= _CONNECTIONS * kills, "at most one for each connection of each that was killed"
    assert desk.standing().recipients == people


@contextmanager
def working(desk: Desk, data: Path, mta: Script) -> Generator[None]:
    """A delivery worker, killed at the end."""
    command = [sys.executable, "-c", WORKER, desk.database.url, str(data), str(mta.port)]
    worker = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"})
    try:
        yield
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


async def carry_on(desk: Desk, over: asyncio.Event) -> None:
    """The thread beside the tick."""
    while not over.is_set():
        if not await asyncio.to_thread(desk.advance, datetime.now(UTC)):
            over.set()
        await asyncio.sleep(0.05)
