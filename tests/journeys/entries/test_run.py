"""The thread beside the engine looks by itself, and ends when it is told to."""

from __future__ import annotations

import threading

from hourglass.journeys import Entries
from tests.engine.shop import TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey
from tests.waiting import until

VIP = {"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "equals", "value": True}}


def test_people_are_queued_as_soon_as_a_journey_goes_live(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, VIP)
    lobby.known("anna", vip=True)
    stop = threading.Event()
    thread = threading.Thread(target=Entries(lobby.database, lobby.clock).run, args=(stop,))
    thread.start()
    try:
        lobby.define(journey("all", {"segment": "vip", "existing": True}))
        until(lambda: lobby.rows("SELECT source FROM journey_entrants") == [("segment",)])
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
