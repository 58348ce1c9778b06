"""Campaigns over HTTP: begun, stopped, looked at; every refusal is a sentence."""

from __future__ import annotations

from threading import Thread

from hourglass import campaigns
from hourglass.campaigns.api import CampaignsController
from hourglass.kernel import Conflict, FixedClock
from hourglass.messages.api import DeliveryController
from tests.campaigns.desk import LETTER, Desk
from tests.messages.shop import NOW
from tests.waiting import until
from tests.web.admin.asking import asking


def test_from_ready_to_the_report(desk: Desk) -> None:
    desk.reader("anna")
    desk.reader("boris")
    desk.define(LETTER)
    with asking(desk.database, [CampaignsController], clock=FixedClock(NOW)) as client:
        assert [(one["key"], one["state"]) for one in client.get("/api/campaigns").json()] == [("spring", "ready")]
        assert client.post("/api/campaigns/spring/send").json()["state"] == "scheduled"
        desk.advance()
        assert client.post("/api/campaigns/spring/pause").json()["state"] == "paused"
        assert client.post("/api/campaigns/spring/resume").json()["waiting"] == 2
        desk.hand_over()
        desk.advance()
        assert client.get("/api/campaigns/spring").json()["state"] == "finished"
        report = client.get("/api/campaigns/spring/report").json()
        assert (report["standing"]["sent"], report["opened"], report["added"]) == (2, 0, None)
        assert report["sales"] == [{"currency": "EUR", "orders": 0, "revenue": 0}]


def test_what_cannot_be_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.define(LETTER)
    with asking(desk.database, [CampaignsController], clock=FixedClock(NOW)) as client:
        assert client.get("/api/campaigns/autumn").status_code == 404
        early = client.post("/api/campaigns/spring/pause")
        assert (early.status_code, early.json()["error"]) == (409, "The campaign “spring” was not sent yet.")
        client.post("/api/campaigns/spring/send")
        again = client.post("/api/campaigns/spring/send")
        assert again.status_code == 409
        assert "is going out" in again.json()["error"]
        assert client.post("/api/campaigns/spring/cancel").json()["state"] == "cancelling"
        desk.advance()
        assert client.post("/api/campaigns/spring/cancel").status_code == 409


def test_who_starts_it_second_hears_that_it_goes_out(desk: Desk) -> None:
    desk.define(LETTER)
    workspace, refused = desk.workspace, list[Conflict]()

    def second() -> None:
        try:
            with desk.database.transaction() as tx:
                campaigns.send(tx, workspace, "spring", "boris", NOW)
        except Conflict as error:
            refused.append(error)

    thread = Thread(target=second)
    with desk.database.transaction() as tx:
        campaigns.send(tx, workspace, "spring", "anna", NOW)
        thread.start()
        until(lambda: not thread.is_alive() or desk.run("SELECT pid FROM pg_locks WHERE NOT granted"), 60)
    thread.join(60)
    assert [error.sentence for error in refused] == ["The campaign “spring” is going out already."]
    assert desk.run("SELECT author FROM campaign_sends") == [("anna",)]


def test_how_providers_do_can_be_seen(desk: Desk) -> None:
    desk.run(
        "INSERT INTO delivery_providers SELECT w, 'ses', 'email', gen_random_uuid(), state, %(now)s, NULL, why, %(now)s"
        " FROM (VALUES (1, 'closed', NULL), (1, 'open', 'no route'), (7, 'open', 'of somebody else'))"
        " AS v (w, state, why)", now=NOW,
    )  # fmt: skip
    with asking(desk.database, [DeliveryController], clock=FixedClock(NOW)) as client:
        [one] = client.get("/api/delivery/providers").json()
    assert (one["provider"], one["state"], one["why"], one["workers"]) == ("ses", "open", "no route", 2)
