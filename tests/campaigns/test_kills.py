"""A campaign goes out while those who carry it are killed at random: nobody is left out, nobody gets it twice."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.campaigns.desk import Desk
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, until
from tests.messages.test_crash import WORKER

_CONNECTIONS = 8
_CARRIER = """
import sys, time
from datetime import datetime
from pathlib import Path
from hourglass import campaigns
from hourglass.campaigns.sends.rules import Rules
from hourglass.kernel import Settings
from hourglass.postgres import Database, find_workspace
database, now = Database(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
with database.transaction() as tx:
    workspace = find_workspace(tx)
rules = Rules(Settings())
while campaigns.advance(database, Path(), workspace, now, rules):
    time.sleep(0.02)
"""


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


async def test_two_who_carry_it_are_killed_around_the_choice_and_everybody_gets_one_variant(desk: Desk) -> None:
    """Between choosing and letting the rest go, between two parts of the rest, wherever it hits."""
    desk.readers_many(9000)
    desk.send(variants=[{"subject": "A"}, {"subject": "B"}], test={"share": 40, "for": "1h"})
    desk.advance()
    desk.hand_over()
    desk.run("UPDATE messages SET clicked_at = sent_at WHERE step = 'variants.b' AND id %% 9 = 0")
    later, chance = NOW + timedelta(hours=1), Random(11)
    for kill in range(2):
        carriers = [carrying(desk, later) for _ in range(2)]
        desk.hand_over()
        seen = desk.states()
        await until(lambda seen=seen, kill=kill: kill == 1 or desk.states() != seen or over(desk), 60)
        await asyncio.sleep(chance.random() * 0.02)
        for one in carriers[: 2 if kill < 1 else 0]:
            one.kill()
        if kill == 1:
            await until(lambda: not hand_on(desk), 60)
        for one in carriers:
            one.wait()
    [(people, distinct)] = desk.run("SELECT count(*), count(DISTINCT profile_id) FROM messages")
    assert (people, distinct) == (9000, 9000)
    steps = dict(desk.run("SELECT split_part(step, '.', 1), count(DISTINCT step) FROM messages GROUP BY 1"))
    assert steps == {"variants": 2, "winner": 1}
    assert desk.standing().state == "finished"


def carrying(desk: Desk, now: datetime) -> subprocess.Popen[bytes]:
    """The thread beside the tick, in a process of its own."""
    command = [sys.executable, "-c", _CARRIER, desk.database.url, now.isoformat()]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"})


def over(desk: Desk) -> bool:
    return desk.standing().state == "finished"


def hand_on(desk: Desk) -> bool:
    """Delivery in short; whether it goes on."""
    desk.hand_over()
    return not over(desk)
