"""Recipes over HTTP."""

from __future__ import annotations

from hourglass.app.kinds import KINDS
from hourglass.journeys.api import JourneysController
from hourglass.recipes.api import RecipesController
from tests.engine.shop import Shop
from tests.web.admin.asking import asking


def test_a_recipe_is_looked_at_added_and_reported(shop: Shop) -> None:
    with asking(shop.database, [RecipesController, JourneysController], clock=shop.clock, kinds=KINDS) as client:
        lines = {one["key"]: one for one in client.get("/api/recipes").json()}
        assert (lines["welcome"]["stage"], lines["welcome"]["ready"], lines["welcome"]["added"]) == (
            "like",
            False,
            None,
        )
        kinds = [one["kind"] for one in client.get("/api/recipes/welcome").json()["documents"]]
        assert kinds == ["template"] * 4 + ["journey"]
        made = client.post("/api/recipes/welcome", json={"settings": {"code": "HI5"}})
        assert (made.status_code, made.json()["state"]) == (201, "draft")
        assert {one["name"] for one in made.json()["to_do"]} == {"Subscribed", "Order Completed"}
        assert client.get("/api/journeys/welcome").json()["state"] == "draft"
        again = client.post("/api/recipes/welcome", json={})
        assert again.status_code == 409
        assert "journey/welcome" in again.json()["error"]
        assert client.post("/api/recipes/hello", json={}).status_code == 404
