"""People enter by coming into a segment, or by leaving it; those in it already when asked for."""

from __future__ import annotations

from datetime import timedelta

from hourglass.audience import Named, Whom, add_to_list
from tests.engine.shop import SHOP, TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey

VIP = {"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "equals", "value": True}}
BUYERS = {"kind": "segment", "key": "buyers", "when": {"event": "Order Completed", "within": "2d"}}


def test_who_enters_a_segment_enters_its_journey_in_the_same_tick(lobby: Lobby) -> None:
    lobby.define(
        TEMPLATE, VIP, journey("welcome", {"segment": "vip"}), journey("bye", {"segment": "vip", "on": "left"})
    )
    lobby.tick()
    lobby.known("anna", vip=True)
    lobby.known("boris", vip=False)
    assert lobby.inside("welcome") == ["anna"]
    assert lobby.entry("welcome")[0]["properties"] == {"segment": "vip"}
    lobby.clock.advance(timedelta(minutes=1))
    lobby.known("anna", vip=False)
    assert lobby.inside("bye") == ["anna"]


def test_time_alone_lets_people_in_who_leave_a_segment(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, BUYERS, journey("back", {"segment": "buyers", "on": "left"}))
    lobby.tick()
    lobby.send({"event": "Order Completed", "userId": "anna", "properties": {"order_id": "1"}})
    lobby.tick()
    assert lobby.inside("back") == []
    lobby.tick(timedelta(days=2, minutes=1))
    assert lobby.inside("back") == ["anna"]


def test_the_purchase_that_let_somebody_in_does_not_end_the_run(lobby: Lobby) -> None:
    thanks = journey("thanks", {"segment": "buyers"}, exit_when={"event": "Order Completed"})
    lobby.define(TEMPLATE, BUYERS, thanks | {"steps": [{"wait": "1h"}, *thanks["steps"]]})
    lobby.tick()
    for order in ("1", "2"):
        lobby.send({"event": "Order Completed", "userId": "anna", "properties": {"order_id": order}})
        lobby.tick()
        assert [one[1:3] for one in lobby.runs()] == [
            ("waiting", None) if order == "1" else ("exited", "exit_condition")
        ]


def test_those_in_it_already_enter_once_when_it_is_said(lobby: Lobby) -> None:
    lobby.known("anna", "boris", vip=True)
    lobby.define(
        TEMPLATE, VIP, journey("all", {"segment": "vip", "existing": True}), journey("new", {"segment": "vip"})
    )
    lobby.tick()
    lobby.tick(timedelta(hours=1))
    assert lobby.inside("all") == ["anna", "boris"]
    lobby.known("clara", vip=True)
    lobby.define(TEMPLATE, journey("all", {"segment": "vip", "existing": True}, name="Renamed"))
    lobby.tick()
    assert lobby.inside("all") == ["anna", "boris", "clara"]
    assert lobby.inside("new") == ["clara"]


def test_who_is_put_on_a_list_by_hand_enters(lobby: Lobby) -> None:
    lobby.known("anna")
    lobby.define(TEMPLATE, {"kind": "segment", "key": "gala", "name": "Gala", "list": True},
                 journey("invited", {"segment": "gala", "existing": True}))  # fmt: skip
    lobby.tick()
    with lobby.database.transaction() as tx:
        whom = Whom(identifiers=[Named(kind="user_id", value="anna")])
        add_to_list(tx, SHOP, "gala", whom, author="test", now=lobby.clock.now())
    lobby.tick()
    assert lobby.inside("invited") == ["anna"]


def test_a_draft_welcomes_nobody_until_it_is_live(lobby: Lobby) -> None:
    lobby.known("anna", vip=True)
    draft = journey("all", {"segment": "vip", "existing": True}, state="draft")
    lobby.define(TEMPLATE, VIP, draft)
    lobby.tick()
    assert lobby.inside("all") == []
    lobby.define(draft | {"state": "live"})
    lobby.tick()
    assert lobby.inside("all") == ["anna"]


def test_those_inside_an_archived_journey_leave_it(lobby: Lobby) -> None:
    waiting = journey("welcome", {"segment": "vip"}) | {"steps": [{"wait": "1h"}, *journey("x", {})["steps"]]}
    lobby.define(TEMPLATE, VIP, waiting)
    lobby.tick()
    lobby.known("anna", vip=True)
    lobby.define(waiting | {"state": "archived"})
    lobby.tick(timedelta(hours=2))
    assert [one[1:3] for one in lobby.runs()] == [("exited", "journey_archived")]
    assert lobby.messages() == []
