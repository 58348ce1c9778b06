"""Recorded bodies; a file's name is the expectation: status, place ("-" for none), and in words what is odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.events import decode
from hourglass.kernel import SystemClock
from tests.web.collect.door import Door

CORPUS = Path(__file__).with_name("corpus")


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*/*.json")), ids=lambda file: f"{file.parent.name}-{file.stem}")
async def test_the_door_answers_as_the_name_says(file: Path) -> None:
    status, _, rest = file.stem.partition(".")
    place = rest.rpartition(".")[0]
    door = Door()
    answer = await door.post(f"/v1/{file.parent.name}", file.read_bytes())
    assert answer.status_code == int(status), answer.text
    if answer.status_code == 200:
        now = SystemClock().now()
        assert all(not decode(b"[" + piece.payload + b"]", now, now)[1] for piece in door.writer.pieces)
    else:
        assert answer.json()["error"]
        assert answer.json().get("path", "-") == place
        assert not door.writer.pieces
