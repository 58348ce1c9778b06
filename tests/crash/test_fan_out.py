"""A price drop concerns very many people: SIGKILL at the engine in the middle, and each of them enters once."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from hourglass.postgres import Database
from tests.crash.conftest import Tell
from tests.engine.shop import TEMPLATE
from tests.live import Live
from tests.waiting import until

_PEOPLE, _AT_ONCE, _KILLS = 20_000, 500, 3
_DROP = {
    "kind": "journey",
    "key": "drop",
    "entry": {"product": "price_drop", "by": "10%"},
    "steps": [{"wait": "30d"}, {"send": {"channel": "email", "template": "hello"}}],
}
_OTHER = {"kind": "journey", "key": "other", "entry": {"event": "Signed Up"}, "steps": [{"wait": "30d"}]}
_ENTERED = "SELECT count(*) FROM journey_runs r JOIN definitions d ON d.id = r.journey_id WHERE d.key = %s"
_NOTED = (
    "SELECT count(*), count(DISTINCT r.profile_id), count(DISTINCT r.id) FROM journey_runs r "
    "JOIN definitions d ON d.id = r.journey_id AND d.key = %s JOIN run_steps s ON s.run_id = r.id AND s.step = 'entry'"
)
_numbers = count(1)


@pytest.mark.timeout(300)
def test_a_price_drop_for_many_survives_kills_of_the_engine(model: Live, data: Path, tell: Tell) -> None:
    with model.twin(data) as live, live.database() as database:
        live.define(TEMPLATE, _DROP, _OTHER)
        for first in range(0, _PEOPLE, _AT_ONCE):
            _send(live, *(_told(f"user-{n}", "Product Viewed", 100) for n in range(first, first + _AT_ONCE)))
        until(lambda: _rows(database, "SELECT count(*) FROM events") == [(_PEOPLE,)], 120)
        _send(live, _told("the shop", "Product Updated", 50))
        seconds: list[float] = []
        for part in range(_KILLS):
            until(lambda part=part: _entered(database, "drop") > part * _PEOPLE // _KILLS, 120)
            live.kill("engine")
            seconds.append(_how_long_another_takes(live, database))
        until(lambda: _entered(database, "drop") >= _PEOPLE, 120)
        until(lambda: _rows(database, "SELECT count(*) FROM journey_entrants") == [(0,)], 60)
        assert _rows(database, _NOTED, "drop") == [(_PEOPLE, _PEOPLE, _PEOPLE)]
        assert _rows(database, _NOTED, "other") == [(_KILLS, _KILLS, _KILLS)]
        tell({"entered": _PEOPLE, "another's seconds, a start of the engine included": seconds})


def _told(user: str, event: str, price: int) -> dict[str, Any]:
    properties = {"product_id": "tea", "name": "Tea", "price": price, "currency": "EUR"}
    return {
        "type": "track",
        "event": event,
        "userId": user,
        "messageId": f"m{next(_numbers)}",
        "properties": properties,
    }


def _send(live: Live, *events: dict[str, Any]) -> None:
    answer = httpx.post(f"{live.url}/v1/batch", json={"batch": events}, auth=(live.write_key, ""), timeout=60)
    assert answer.is_success, answer.text


def _rows(database: Database, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with database.transaction() as tx:
        return tx.execute(query.encode(), values).fetchall()


def _entered(database: Database, key: str) -> int:
    return _rows(database, _ENTERED, key)[0][0]


def _how_long_another_takes(live: Live, database: Database) -> float:
    """From an event to its run, while the many enter."""
    began, before = time.monotonic(), _entered(database, "other")
    _send(live, _told(f"new-{before}", "Signed Up", 0))
    until(lambda: _entered(database, "other") > before, 60)
    return round(time.monotonic() - began, 2)
