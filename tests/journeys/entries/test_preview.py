"""How many would enter, before it is live."""

from __future__ import annotations

from typing import Any

from hourglass.journeys.api import JourneysController
from tests.engine.shop import TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey
from tests.web.admin.asking import asking

VIP = {"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "equals", "value": True}}


def test_a_draft_says_how_many_it_would_let_in(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, VIP)
    lobby.known("anna", "boris", vip=True, birthday="1990-03-02")
    lobby.known("clara", birthday="1990-03-03")

    def asked(entry: dict[str, Any]) -> list[Any]:
        answer = client.post("/api/journeys/preview", json=journey("draft", entry)).json()
        return [answer["now"], answer["soon"], answer["next_at"], answer["hours"]]

    with asking(lobby.database, [JourneysController], clock=lobby.clock) as client:
        assert asked({"segment": "vip", "existing": True}) == [2, None, None, None]
        assert asked({"segment": "vip", "existing": True, "throttle": "1/h"}) == [2, None, None, 2]
        assert asked({"segment": "vip"}) == [0, None, None, None]
        every = {"schedule": {"every": "day", "at": "10:00"}, "segment": "vip"}
        assert asked(every) == [0, 2, "2026-03-02T05:00:00Z", None]
        assert asked({"date": "birthday", "yearly": True}) == [0, 2, None, None]
        assert asked({"event": "Signed Up"}) == [0, None, None, None]
        assert client.post("/api/journeys/preview", json={"entry": {}}).status_code == 400
