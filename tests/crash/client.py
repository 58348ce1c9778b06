"""A client as a careful shop writes one: sends until it is told 200, and knows exactly what was acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from threading import Event
from typing import Any

import httpx

from tests.live import Live

_PAUSE = (0.02, 0.2)
_TIMEOUT = 40.0


class Client:
    """One connection of one shop. `acknowledged`: messageId → when 200 came; `doubtful`: sent, and never told 200."""

    def __init__(self, live: Live, chance: Random, closing: Event) -> None:
        self.acknowledged: dict[str, datetime] = {}
        self.doubtful: set[str] = set()
        self.refusals: list[str] = []
        """Answers that are neither 200 nor a well-formed 503: each is a mistake of the server."""
        self.repeats = 0
        """Requests that had to be sent again."""
        self._http = httpx.Client(base_url=live.url, auth=(live.write_key, ""), timeout=_TIMEOUT)
        self._chance = chance
        self._closing = closing

    def send(self, events: Sequence[dict[str, Any]], *, give_up: bool = False) -> bool:
        """Send until acknowledged; with `give_up` only once. Whether it was acknowledged."""
        ids = [event["messageId"] for event in events]
        self.doubtful.update(id_ for id_ in ids if id_ not in self.acknowledged)
        while not self._once(events):
            if give_up or self._closing.is_set():
                return False
            self.repeats += 1
            self.pause(*_PAUSE)
        now = datetime.now(UTC)
        for id_ in ids:
            self.acknowledged.setdefault(id_, now)
        self.doubtful.difference_update(ids)
        return True

    def pause(self, low: float, high: float) -> None:
        """A random moment, cut short when the shop closes."""
        self._closing.wait(self._chance.uniform(low, high))

    def close(self) -> None:
        self._http.close()

    def _once(self, events: Sequence[dict[str, Any]]) -> bool:
        path, body = _request(events)
        try:
            answer = self._http.post(path, json=body)
        except httpx.HTTPError:
            return False
        if answer.status_code != 200 and not (answer.status_code == 503 and "retry-after" in answer.headers):
            self.refusals.append(f"{path}: {answer.status_code} {answer.text}")
        return answer.status_code == 200


def _request(events: Sequence[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    if len(events) > 1:
        return "/v1/batch", {"batch": list(events)}
    return f"/v1/{events[0]['type']}", {name: value for name, value in events[0].items() if name != "type"}


Sender = Callable[[Client], None]
