"""Another system that journeys call: it answers as it is told and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import msgspec

from tests.answering import Got, Told, answering


class System:
    """`answers`: (status, JSON) or (status, JSON, headers) in their order; then 200 with an empty object."""

    def __init__(self) -> None:
        self.answers: list[tuple[Any, ...]] = []
        self.got: list[Got] = []
        self.url = ""

    def tell(self, got: Got) -> Told:
        self.got.append(got)
        status, answer, *more = self.answers.pop(0) if self.answers else (200, {})
        octets = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
        return status, more[0] if more else {}, octets


@contextmanager
def running() -> Generator[System]:
    system = System()
    with answering(system.tell) as address:
        system.url = f"{address}/hook"
        yield system


def webhook(system: System, **more: Any) -> dict[str, Any]:
    return {"webhook": {"url": system.url, "into": "crm", "timeout": "10m", **more}}


def ways(system: System, **more: Any) -> dict[str, Any]:
    return webhook(system, then=[{"exit": "answered"}], **{"else": [{"exit": "refused"}]}, **more)
