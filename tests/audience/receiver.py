"""A real receiver of webhooks on this machine, which answers as it is told and remembers what it got."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from tests.answering import Got, Told, answering


class Receiver:
    """`answers`: statuses of the first answers (then 200), or (status, headers)."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.url = ""

    def tell(self, got: Got) -> Told:
        self.got.append((got.headers, got.body))
        answer = self.answers.pop(0) if self.answers else 200
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        return status, headers, b""


@contextmanager
def receiving(*answers: Any) -> Generator[Receiver]:
    receiver = Receiver(*answers)
    with answering(receiver.tell) as address:
        receiver.url = f"{address}/hook?a=1"
        yield receiver
