"""SIGKILL at random moments under load: what was acknowledged is in exactly once, and no message leaves twice.

The short variant runs with all tests; the long one, of fifty kills in some minutes, by

    .venv/bin/pytest tests/crash/test_kills.py -m long
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.crash.books import settle
from tests.crash.conftest import Tell
from tests.crash.crowd import Crowd
from tests.crash.kills import EVERYTHING, ROLES, SESSION, rampage
from tests.live import Live
from tests.mailbox import Mailbox

SEED = 2611


@pytest.mark.timeout(300)
def test_six_kills_lose_nothing_and_repeat_nothing(live: Live, mailbox: Mailbox, tell: Tell) -> None:
    chance = Random(SEED)
    victims = [*ROLES, SESSION, EVERYTHING]
    chance.shuffle(victims)
    with Crowd(live, SEED) as crowd:
        killed = rampage(live, crowd, victims, chance)
    tell({"killed": dict(killed), **settle(live, crowd, mailbox)})


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("engines", [1, 2])
def test_fifty_kills_lose_nothing_and_repeat_nothing(
    model: Live, data: Path, mailbox: Mailbox, tell: Tell, engines: int
) -> None:
    chance = Random(SEED)
    victims = chance.choices([*ROLES, SESSION, EVERYTHING], weights=[10, 13, 13, 5, 5, 4], k=50)
    with model.twin(data, smtp_url=mailbox.url, flush_seconds=0.2, engine_workers=engines) as live:
        with Crowd(live, SEED) as crowd:
            killed = rampage(live, crowd, victims, chance)
        tell({"killed": dict(killed), **settle(live, crowd, mailbox)})
