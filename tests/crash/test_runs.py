"""SIGKILL at the engine while random journeys wait, branch, ask and send: every step once, every message at most once.

The short variant runs with all tests; the long one, two to three minutes for each number of engines, by

    .venv/bin/pytest tests/crash/test_runs.py -m long

Most of it is spent waiting: an engine that ends again and again is started only every five seconds.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import httpx
import msgspec
import pytest

from hourglass.postgres import Database
from tests.crash.conftest import Tell
from tests.engine.shop import TEMPLATE
from tests.journeys.effects.system import running
from tests.journeys.lives.documents import documents
from tests.journeys.lives.drawing import drawn
from tests.journeys.lives.judge import messages_of, runs_of
from tests.journeys.walked import check
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until

SEED = 2211
_LIVES, _PEOPLE = 300, 3
_QUICK = {"10m": "1s", "1h": "2s", "1d": "3s", "3d": "4s", "5m": "1s"}
_ENDLESS = (b'"go"', b'"until":"', b'"date"', b'"weekdays"', b'Came @"}}', b"other-@", b"list-@")
_TELLING = (b'"send"', b'"webhook"', b'"wait"', b'"emit"', b'"branch"', b'"split"')
_AT_REST = (
    "SELECT (SELECT count(*) FROM event_log) + (SELECT count(*) FROM journey_entrants) "
    "+ (SELECT count(*) FROM journey_runs WHERE state = 'waiting') "
    "+ (SELECT count(*) FROM messages WHERE state IN ('queued', 'claimed'))"
)


@pytest.mark.timeout(300)
def test_random_runs_survive_kills_of_the_engine(model: Live, data: Path, mailbox: Mailbox, tell: Tell) -> None:
    tell(_survive(model, data, mailbox, journeys=12, kills=4, engines=2))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("engines", [1, 2])
def test_random_runs_survive_many_kills(model: Live, data: Path, mailbox: Mailbox, tell: Tell, engines: int) -> None:
    tell(_survive(model, data, mailbox, journeys=60, kills=20, engines=engines))


def _survive(model: Live, data: Path, mailbox: Mailbox, *, journeys: int, kills: int, engines: int) -> dict[str, Any]:
    chance = Random(SEED)
    with (
        running() as system,
        model.twin(data, smtp_url=mailbox.url, webhook_private=True, engine_workers=engines) as live,
        live.database() as database,
    ):
        live.define(TEMPLATE, *_quick_journeys(journeys, system.url))
        for _ in range(kills):
            before = _noted(database)
            _come(live, journeys, chance)
            until(lambda before=before: _noted(database) > before, 60)
            time.sleep(chance.uniform(0, 1))
            live.kill(chance.choice([name for name in live.pids() if name.startswith("engine")] or ["engine"]))
        until(lambda: _number(database, _AT_REST) == 0, 120)
        return _judge(live, mailbox)


def _quick_journeys(number: int, url: str) -> list[dict[str, Any]]:
    """Random ones that come to their end in seconds."""
    found = drawn(documents, SEED, _LIVES, lambda document: msgspec.json.encode(document, order="sorted"))
    texts = [msgspec.json.encode(document) for document in found if document["entry"] == {"event": "Came @"}]
    ending = [text for text in texts if not any(word in text for word in _ENDLESS)]
    ending.sort(key=lambda text: sum(word in text for word in _TELLING), reverse=True)
    return [_quick(text, place, url) for place, text in enumerate(ending[:number])]


def _quick(text: bytes, number: int, url: str) -> dict[str, Any]:
    for slow, fast in _QUICK.items():
        text = text.replace(f'"{slow}"'.encode(), f'"{fast}"'.encode())
    return msgspec.json.decode(text.replace(b"https://shop.example/@", url.encode()).replace(b"@", b"%d" % number))


def _come(live: Live, journeys: int, chance: Random) -> None:
    """Three people of each journey do what it may listen for."""
    properties = {"channel": "email", "topic": "news", "cart_id": "c1", "product_id": "tea"}
    batch: list[dict[str, Any]] = []
    for number in range(journeys):
        for person in range(_PEOPLE):
            user = {"userId": f"user {number} {person}"}
            context = {"traits": {"email": f"user-{number}-{person}@customers.example"}}
            for event in ("Subscribed", f"Came {number}", chance.choice([f"Nodded {number}", "Product Viewed"])):
                told = {"type": "track", "event": event, "messageId": str(chance.random())}
                batch.append({**user, **told, "properties": properties, "context": context})
    until(lambda: _taken(live, batch), 60)


def _taken(live: Live, batch: list[dict[str, Any]]) -> bool:
    try:
        return httpx.post(
            f"{live.url}/v1/batch", json={"batch": batch}, auth=(live.write_key, ""), timeout=20
        ).is_success
    except httpx.HTTPError:
        return False


def _noted(database: Database) -> int:
    return _number(database, "SELECT count(*) FROM run_steps")


def _number(database: Database, query: str) -> int:
    with database.transaction() as tx:
        return tx.execute(query.encode()).fetchall()[0][0]


def _judge(live: Live, mailbox: Mailbox) -> dict[str, Any]:
    runs = [run for some in runs_of(live.rows).values() for run in some]
    messages = messages_of(live.rows)
    for run in runs:
        check(run.walked, run.versions)
        assert messages[run.id] == sum(note[1] == "queued" for note in run.walked.notes), run
    assert live.rows("SELECT run_id, step FROM messages GROUP BY 1, 2 HAVING count(*) > 1") == []
    assert live.rows("SELECT reason, detail FROM dead_letters") == []
    twice = [number for number, times in mailbox.arrivals().items() if times > 1]
    assert not twice, "handed over twice"
    outcomes = Counter(note[1] for run in runs for note in run.walked.notes)
    return {"runs": len(runs), "mails": len(mailbox.mails), "notes": dict(outcomes)}
