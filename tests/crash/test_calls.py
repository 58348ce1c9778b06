"""SIGKILL at the engine while journeys ask another system: everybody goes on once, and a repeat says that it is one."""

from __future__ import annotations

from collections import Counter

import httpx
import pytest

from tests.journeys.effects.system import running
from tests.live import Live
from tests.waiting import until

_PEOPLE = 60


@pytest.mark.timeout(300)
def test_calls_survive_a_kill_of_the_engine(model: Live, data) -> None:
    with running() as system, model.twin(data, webhook_private=True) as live:
        live.define(
            {
                "kind": "journey",
                "key": "asks",
                "state": "live",
                "entry": {"event": "Product Viewed"},
                "steps": [
                    {"webhook": {"url": system.url, "timeout": "1h", "else": [{"exit": "refused"}]}},
                    {"emit": {"event": "Heard Of"}},
                ],
            }
        )
        for n in range(_PEOPLE):
            body = {"userId": f"u{n}", "event": "Product Viewed", "messageId": f"m{n}"}
            assert httpx.post(f"{live.url}/v1/track", json=body, auth=(live.write_key, ""), timeout=20).is_success
        until(lambda: len(system.got) >= _PEOPLE // 4, 60)
        live.kill("engine")
        until(lambda: live.rows("SELECT count(*) FROM journey_runs WHERE state = 'finished'") == [(_PEOPLE,)], 150)
        until(lambda: live.rows("SELECT count(*) FROM event_log") == [(0,)], 30)
        told = live.rows(
            "SELECT count(*), count(DISTINCT identity_id) FROM events e JOIN event_names n ON n.id = e.name_id "
            "WHERE n.name = 'Heard Of'"
        )
        assert told == [(_PEOPLE, _PEOPLE)]
        asked = Counter(one.headers["webhook-id"] for one in system.got)
        assert len(asked) == _PEOPLE
