"""A campaign is started, paused, resumed and cancelled while everything is killed: each gets it once or never.

Whoever steers it does as a careful client does: asks again until there is an answer.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from tests.crash.conftest import Tell
from tests.crash.kills import EVERYTHING, ROLES
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until

_PEOPLE, _AT_ONCE = 900, 300
_PATIENCE = 300.0
_AWAY = 503
_READERS = {"kind": "segment", "key": "readers", "name": "Readers", "when": {"event": "Joined"}}
_LETTER = {"kind": "campaign", "key": "spring", "name": "Spring", "segment": "readers", "channel": "email",
           "template": "welcome", "topic": "news"}  # fmt: skip


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """So slow that a campaign is on its way for a while."""
    with Mailbox(slowness=0.25) as running:
        yield running


@pytest.fixture
def town(model: Live, data: Path, mailbox: Mailbox) -> Iterator[Live]:
    """A server with a campaign that nobody has started."""
    with model.twin(data, smtp_url=mailbox.url) as live:
        live.define(_READERS, _LETTER)
        for first in range(0, _PEOPLE, _AT_ONCE):
            batch = [call for number in range(first, first + _AT_ONCE) for call in _joins(number)]
            answer = httpx.post(f"{live.url}/v1/batch", json={"batch": batch}, auth=(live.write_key, ""), timeout=60)
            assert answer.is_success, answer.text
        until(lambda: live.rows("SELECT count(*) FROM segment_members") == [(_PEOPLE,)], _PATIENCE)
        yield live


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "victims",
    [("web", "postgres"), pytest.param((*ROLES, EVERYTHING), marks=pytest.mark.long)],
    ids=["small", "long"],
)
def test_a_campaign_survives_kills_at_every_turn(
    town: Live, mailbox: Mailbox, tell: Tell, victims: Sequence[str]
) -> None:
    chance = Random(5)
    with ThreadPoolExecutor(4) as pool:
        starts = [pool.submit(_steer, town, "send?anyway=true") for _ in range(4)]
        town.kill("web")
        answers = Counter(one.result() for one in starts)
    assert answers.keys() <= {200, 409}
    assert town.rows("SELECT count(*) FROM campaign_sends") == [(1,)]
    for victim in victims:
        before = len(mailbox.mails)
        until(lambda before=before: len(mailbox.mails) > before, _PATIENCE)
        time.sleep(chance.uniform(0, 0.3))
        with ThreadPoolExecutor(1) as pool:
            paused = pool.submit(_steer, town, "pause")
            _kill(town, victim)
            assert paused.result() == 200
        _rests_while_paused(town, mailbox)
        assert _steer(town, "resume") == 200
    until(lambda: _standing(town) == "finished", _PATIENCE)
    states = _states(town)
    got = mailbox.arrivals()
    assert states.keys() <= {"sent", "unknown"}
    assert sum(states.values()) == _PEOPLE
    assert set(got.values()) == {1}, "handed over twice"
    assert states["sent"] <= len(got) <= _PEOPLE
    tell({**states, "mails": len(got)})


@pytest.mark.timeout(600)
def test_a_cancelled_campaign_stays_where_it_is(town: Live, mailbox: Mailbox, tell: Tell) -> None:
    assert _steer(town, "send?anyway=true") == 200
    until(lambda: len(mailbox.mails) > 20, _PATIENCE)
    with ThreadPoolExecutor(1) as pool:
        cancelled = pool.submit(_steer, town, "cancel")
        town.kill("web", "delivery", "engine")
        assert cancelled.result() in (200, 409), "409: it is cancelled already"
    until(lambda: _standing(town) == "cancelled", _PATIENCE)
    # What was being handed over in that moment is told of a moment later.
    until(lambda: _told(town) >= len(mailbox.arrivals()), _PATIENCE)
    states, got = _states(town), mailbox.arrivals()
    assert states.keys() <= {"sent", "unknown", "withheld"}
    assert states["withheld"] > 0
    assert sum(states.values()) == _PEOPLE, "each of them is told of"
    assert set(got.values()) == {1}, "handed over twice"
    assert states["sent"] <= len(got) <= states["sent"] + states["unknown"]
    tell({**states, "mails": len(got)})


def _told(live: Live) -> int:
    """How many a cancelled campaign says have left, for certain or perhaps."""
    standing = live.ask("/api/campaigns/spring")
    return standing["sent"] + standing["unknown"]


def _joins(number: int) -> list[dict[str, Any]]:
    traits = {"email": f"reader-{number}@customers.example", "consents": {"email": {"news": True}}}
    who = {"userId": f"r{number}"}
    return [
        {"type": "identify", **who, "messageId": f"i{number}", "traits": traits},
        {"type": "track", **who, "messageId": f"j{number}", "event": "Joined"},
    ]


def _steer(live: Live, verb: str) -> int:
    """The first answer that is one."""
    answers: list[int] = []

    def asked() -> bool:
        try:
            answer = httpx.post(f"{live.url}/api/campaigns/spring/{verb}", headers=live.admin, timeout=40)
        except httpx.HTTPError:
            return False
        if answer.status_code == _AWAY:
            return False
        answers.append(answer.status_code)
        return True

    until(asked, _PATIENCE)
    return answers[0]


def _kill(live: Live, victim: str) -> None:
    if victim == EVERYTHING:
        live.kill_everything()
        live.begin()
    else:
        live.kill(victim)


def _rests_while_paused(live: Live, mailbox: Mailbox) -> None:
    """What was being handed over has left or is in doubt; then nothing leaves, whoever starts again meanwhile."""
    live.await_health(_PATIENCE)
    until(lambda: not _states(live)["claimed"], _PATIENCE)
    before = len(mailbox.mails)
    live.kill("engine", "delivery")
    until(lambda: {"engine", "delivery"} <= live.pids().keys(), _PATIENCE)
    live.await_health(_PATIENCE)
    assert len(mailbox.mails) == before


def _standing(live: Live) -> str:
    try:
        return live.ask("/api/campaigns/spring")["state"]
    except (httpx.HTTPError, AssertionError):
        return ""


def _states(live: Live) -> Counter[str]:
    return Counter(dict(live.rows("SELECT state, count(*) FROM messages WHERE send_id IS NOT NULL GROUP BY 1")))
