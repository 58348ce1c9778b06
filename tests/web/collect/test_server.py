"""The door over real sockets, with a real server and a real database behind it."""

from __future__ import annotations

import gzip
import os
import signal
import threading
from itertools import count
from pathlib import Path

import httpx
import pytest

from hourglass.postgres import Database, EmbeddedServer, migrate
from tests.waiting import until
from tests.web.collect.serving import Served, serving

PAGE = {"type": "page", "userId": "u", "messageId": "m1"}


def post(door: Served, client: httpx.Client, name: str) -> int:
    body = PAGE | {"messageId": name}
    return client.post(f"{door.url}/v1/page", json=body, auth=(door.key, "")).status_code


def test_acknowledged_means_stored(database: Database, data: Path) -> None:
    with serving(database, data) as door, httpx.Client(auth=(door.key, "")) as client:
        for turn in range(3):
            events = [PAGE | {"messageId": f"{turn}-{number}"} for number in range(300)]
            packed = gzip.compress(httpx.Request("POST", "http://x", json={"batch": events}).content)
            answer = client.post(f"{door.url}/v1/batch", content=packed, headers={"content-encoding": "gzip"})
            assert answer.json() == {"success": True}
            assert [event.message_id for event in door.events()] == [one["messageId"] for one in events]


@pytest.mark.parametrize("announced", [True, False])
def test_ten_megabytes_are_refused_and_the_client_hears_why(database: Database, data: Path, announced: bool) -> None:
    part = b" " * 100_000
    content = part * 100 if announced else (part for _ in range(100))
    with serving(database, data) as door:
        answer = httpx.post(f"{door.url}/v1/batch", content=content, auth=(door.key, ""))
        assert answer.status_code == 413
        assert "512000" in answer.json()["error"]


def test_a_connection_is_used_again_after_a_refusal(database: Database, data: Path) -> None:
    with serving(database, data) as door, httpx.Client() as client:
        assert client.post(f"{door.url}/v1/page", json=PAGE, auth=("wrong", "")).status_code == 401
        assert client.post(f"{door.url}/v1/page", content=b"{", auth=(door.key, "")).status_code == 400
        assert post(door, client, "m1") == 200


def test_a_key_made_while_it_runs_is_known_at_once_and_a_revoked_one_is_not(database: Database, data: Path) -> None:
    with serving(database, data) as door, httpx.Client() as client:
        assert client.post(f"{door.url}/v1/page", json=PAGE, auth=("stranger", "")).status_code == 401
        assert post(door, client, "m1") == 200
        with database.transaction() as tx:
            tx.execute("UPDATE api_keys SET revoked_at = now()")
        # Another stranger makes the door read the keys again, which otherwise happens within a second.
        client.post(f"{door.url}/v1/page", json=PAGE, auth=("stranger", ""))
        assert post(door, client, "m2") == 401


@pytest.mark.crash
def test_postgres_killed_means_503_and_then_all_is_well_again(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as server:
        migrate(server.url)
        database = Database(server.url)
        answers: dict[str, int] = {}
        enough = threading.Event()
        with serving(database, tmp_path) as door:

            def client(name: str) -> None:
                # As long as the story lasts: a fast door would have taken any number of them before the kill.
                with httpx.Client(timeout=30) as http:
                    for turn in count():
                        if enough.is_set():
                            return
                        answers[f"{name}-{turn}"] = post(door, http, f"{name}-{turn}")

            clients = [threading.Thread(target=client, args=(f"c{number}",)) for number in range(4)]
            for one in clients:
                one.start()
            until(lambda: len(answers) > 100)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            until(lambda: 503 in list(answers.values()))
            server.ensure_running()
            enough.set()
            for one in clients:
                one.join(60)
            with httpx.Client(timeout=30) as http:
                until(lambda: post(door, http, "recovered") == 200)
            stored = {event.message_id for event in door.events()}
        assert set(answers.values()) <= {200, 503}
        assert {name for name, status in answers.items() if status == 200} <= stored
        assert "recovered" in stored
        database.close()
