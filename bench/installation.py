"""A real installation for a bench: `hourglass serve` with people who may be written to and one journey that writes."""

from __future__ import annotations

import base64
import json
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.segments_lake import fill
from tests.live import Live

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "kind": "template",
        "key": "ping",
        "subject": "Hello {{ profile.firstName }}",
        "mjml": "<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ profile.firstName }}, {{ event.what }}"
        "</mj-text></mj-column></mj-section></mj-body></mjml>",
    },
    {
        "kind": "journey",
        "key": "ping",
        "entry": {"event": "Pinged"},
        "class": "transactional",
        "steps": [{"send": {"channel": "email", "template": "ping"}}],
    },
)
_BATCH = 100


@contextmanager
def installation(people: int, lake: int = 0, **settings: object) -> Generator[Live]:
    """Served, defined, and with `people` known by e-mail `p<n>@bench.example`; `lake` events are in the lake before."""
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder, ExitStack() as stack:
        if lake:
            fill(Path(folder), lake, max(people, lake // 20))
        live = stack.enter_context(Live(Path(folder), **settings))
        live.define(*DOCUMENTS)
        for start in range(0, people, _BATCH):
            post(live, "import", [_person(n) for n in range(start, min(people, start + _BATCH))])
        settled(live)
        yield live


def post(live: Live, path: str, calls: list[dict[str, Any]]) -> None:
    """A batch by the public door."""
    answer = httpx.post(f"{live.url}/v1/{path}", json={"batch": calls}, auth=(live.write_key, ""), timeout=30)
    assert answer.status_code == 200, answer.text


def settled(live: Live, seconds: float = 120) -> None:
    """Everything accepted is processed and in the lake."""
    deadline = time.monotonic() + seconds
    while httpx.get(f"{live.url}/health", timeout=30).json()["backlog"]:
        assert time.monotonic() < deadline, "the backlog does not shrink"
        time.sleep(0.05)


def ping(n: int) -> dict[str, Any]:
    """The call that makes one mail to person n."""
    return {"type": "track", "userId": f"u{n}", "event": "Pinged", "properties": {"what": "something happened"}}


def request(live: Live, call: dict[str, Any]) -> bytes:
    """The call as raw HTTP, so that the client costs next to nothing."""
    body = json.dumps(call).encode()
    key = base64.b64encode(f"{live.write_key}:".encode()).decode()
    head = (
        f"POST /v1/track HTTP/1.1\r\nHost: bench\r\nAuthorization: Basic {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _person(n: int) -> dict[str, Any]:
    return {"type": "identify", "userId": f"u{n}", "traits": {"email": f"p{n}@bench.example", "firstName": f"Anna {n}"}}
