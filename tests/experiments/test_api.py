"""Experiments over HTTP: listed, and asked for their results; every refusal is a sentence."""

from __future__ import annotations

from hourglass.experiments.api import ExperimentsController
from hourglass.kernel import FixedClock
from hourglass.postgres import Database
from tests.experiments.desk import CART, LATER, ExperimentDesk
from tests.messages.shop import NOW, days
from tests.web.admin.asking import asking

SPLIT = {"kind": "journey", "key": "banner", "state": "live", "entry": {"event": "Product Added"},
         "steps": [{"split": [{"arm": "plain", "do": []}, {"arm": "bold", "weight": 2, "do": []}]}]}  # fmt: skip


def test_from_the_list_to_the_result(database: Database) -> None:
    desk = ExperimentDesk(database)
    desk.define(CART)
    desk.define(SPLIT)
    people = desk.people(5)
    desk.enter(people[:4])
    desk.enter(people[4:], control=True)
    desk.buy(people[:2], NOW + days(1))
    with asking(database, [ExperimentsController], clock=FixedClock(LATER)) as client:
        listed = client.get("/api/experiments").json()
        assert [(one["key"], one["step"], one["weights"]) for one in listed] == [
            ("banner", "steps[0]", {"plain": 1, "bold": 2}),
            ("cart", None, {"control": 20, "treated": 80}),
        ]
        found = client.get("/api/experiments/journey/cart/results", params={"days": 7}).json()
        assert {one["arm"]: (one["people"], one["revenue"]) for one in found["arms"]} == {
            "control": (1, 0), "treated": (4, 2000),
        }  # fmt: skip
        assert (found["days"], found["verdict"]["code"], found["ratio"]["mismatch"]) == (7, "too_early", False)
        split = client.get("/api/experiments/journey/banner/results", params={"step": "steps[0]"}).json()
        assert (split["baseline"], [one["assigned"] for one in split["arms"]]) == ("plain", [0, 0])


def test_what_cannot_be_is_refused_with_a_sentence(database: Database) -> None:
    ExperimentDesk(database).define(SPLIT)
    with asking(database, [ExperimentsController], clock=FixedClock(LATER)) as client:
        without = client.get("/api/experiments/journey/banner/results")
        assert without.status_code == 404
        assert "write `control: 10`, or ask for a step that gives arms: steps[0]" in without.json()["error"]
        assert client.get("/api/experiments/journey/banner/results", params={"step": "steps[7]"}).status_code == 404
        assert client.get("/api/experiments/segment/banner/results").status_code == 400
        long = client.get("/api/experiments/journey/banner/results", params={"step": "steps[0]", "days": 9999})
        assert (long.status_code, "365" in long.json()["error"]) == (400, True)
