"""Tasks and alerts over HTTP."""

from __future__ import annotations

import pytest

from hourglass.journeys.api import AlertsController, TasksController
from tests.journeys.effects.asking import journey, viewed
from tests.web.admin.asking import asking


@pytest.fixture
def client(shop):
    with asking(shop.database, [TasksController, AlertsController], clock=shop.clock) as made:
        yield made


def test_tasks_are_listed_and_done(shop, client):
    shop.define(journey({"task": {"title": "Call", "due": "1d"}}, {"task": {"title": "Write"}}))
    shop.send(viewed())
    shop.tick()
    first, second = client.get("/api/tasks").json()
    assert [first["title"], second["title"], second["due_at"]] == ["Call", "Write", None]
    taken = client.post(f"/api/tasks/{first['id']}/taken").json()
    assert (taken["done_at"], taken["assignee"]) == (None, client.get("/api/tasks").json()[0]["assignee"])
    assert taken["assignee"] != first["assignee"]
    done = client.post(f"/api/tasks/{first['id']}/done")
    assert (done.status_code, bool(done.json()["done_by"])) == (200, True)
    assert [one["title"] for one in client.get("/api/tasks").json()] == ["Write"]
    assert [one["title"] for one in client.get("/api/tasks?done=true").json()] == ["Call"]
    assert client.get(f"/api/tasks?profile_id={first['profile_id'] + 1}").json() == []
    assert client.post("/api/tasks/999/done").status_code == 404


def test_alerts_are_listed_and_put_away(shop, client):
    shop.define(journey({"alert": {"text": "Look here"}}))
    shop.send(viewed())
    shop.tick()
    (alert,) = client.get("/api/alerts").json()
    assert alert["words"] == {"en": "Look here", "ru": "Look here"}
    assert client.post(f"/api/alerts/{alert['id']}/seen").status_code == 204
    assert client.get("/api/alerts").json() == []
    assert client.post("/api/alerts/999/seen").status_code == 404
