"""Adding recipes: as drafts, once, with settings and names of choice; and what a shop still lacks for them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from hourglass import definitions, recipes
from hourglass.app.kinds import KINDS
from hourglass.kernel import Conflict, Malformed, NotFound
from hourglass.postgres import Transaction, list_workspaces
from hourglass.recipes import RecipeAdded, RecipeChoice, compose, recipe
from tests.engine.shop import SHOP, Shop

KEYS = [one.key for one in recipes.recipes()]


def add(shop: Shop, key: str = "abandoned-cart", choice: RecipeChoice | None = None) -> RecipeAdded:
    with shop.database.transaction() as tx:
        return added(tx, shop, key, choice or RecipeChoice())


def added(tx: Transaction, shop: Shop, key: str, choice: RecipeChoice) -> RecipeAdded:
    workspace, now = list_workspaces(tx)[0], shop.clock.now()
    return recipes.add(tx, workspace, key, choice, kinds=KINDS, author="test", now=now)


def standing(shop: Shop, kind: str, key: str) -> definitions.Definition:
    with shop.database.transaction() as tx:
        return definitions.find(tx, SHOP, kind, key)


def test_a_recipe_is_added_as_a_draft_that_lets_nobody_in(shop: Shop) -> None:
    made = add(shop)
    assert made.state == "draft"
    assert standing(shop, "journey", "abandoned-cart").state == "draft"
    assert standing(shop, "template", "abandoned-cart-1").state == "live"
    shop.send({"userId": "anna", "event": "Product Added", "properties": {"cart_id": "c1", "product_id": "mug"}})
    shop.tick()
    assert shop.runs() == []


def test_settings_and_names_are_as_chosen(shop: Shop) -> None:
    add(shop, choice=RecipeChoice(settings={"first": "2h"}, locale="ru", live=True))
    journey = standing(shop, "journey", "abandoned-cart")
    assert (journey.state, journey.name) == ("live", "Брошенная корзина")
    assert [one["wait"] for one in journey.body["steps"] if "wait" in one] == ["2h", "1d"]


def test_a_recipe_is_not_added_twice_by_mistake(shop: Shop) -> None:
    add(shop)
    with pytest.raises(Conflict, match="journey/abandoned-cart"):
        add(shop)


def test_again_is_a_new_version_and_leaves_the_state_as_it_is(shop: Shop) -> None:
    add(shop, choice=RecipeChoice(live=True))
    made = add(shop, choice=RecipeChoice(settings={"first": "3h"}, again=True))
    assert made.state == "live"
    assert {one.key: one.action for one in made.documents if one.kind != "snippet"} == {
        "abandoned-cart-1": "kept", "abandoned-cart-2": "kept", "abandoned-cart": "updated",
    }  # fmt: skip
    with shop.database.transaction() as tx:
        bodies = [one.body for one in definitions.history(tx, SHOP, "journey", "abandoned-cart")]
    assert [body["steps"][0]["wait"] for body in bodies] == ["3h", "1h"]


@pytest.mark.parametrize(
    ("settings", "path"), [({"frist": "1h"}, "settings.frist"), ({"first": "soon"}, "settings.first")]
)
def test_a_wrong_setting_is_refused_with_its_place(shop: Shop, settings: dict[str, str | int], path: str) -> None:
    with pytest.raises(Malformed) as refused:
        add(shop, choice=RecipeChoice(settings=settings))
    assert refused.value.path == path
    with pytest.raises(NotFound, match="recipes list"):
        add(shop, "abandoned-card")


def test_a_recipe_tells_what_the_shop_does_not_send(shop: Shop) -> None:
    shop.send({"userId": "anna", "event": "Product Added", "properties": {"product_id": "mug"}})
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick()
    lacking = {one.name: (one.seen, one.missing) for one in add(shop).to_do}
    assert lacking == {"Product Added": (True, ("cart_id",))}
    shop.clock.advance(timedelta(days=31))
    with shop.database.transaction() as tx:
        [line] = [one for one in recipes.listed(tx, list_workspaces(tx)[0], shop.clock.now()) if one.added]
    assert not line.ready
    assert [one.seen for one in line.needs] == [False, False]


def test_every_recipe_passes_the_checks_of_apply(shop: Shop, tmp_path: Path) -> None:
    for key in KEYS:
        for document in compose(recipe(key), RecipeChoice(locale="ru")):
            assert "${" not in str(document)
            assert isinstance(document["name"], str), (key, document["key"])
            path = tmp_path / document["kind"] / f"{document['key']}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with shop.database.transaction() as tx:
        changes = definitions.diff_folder(tx, SHOP, tmp_path, KINDS)
    assert {one.action for one in changes} == {"create"}


def test_no_two_recipes_share_a_key() -> None:
    keys = [(one["kind"], one["key"]) for key in KEYS for one in compose(recipe(key), RecipeChoice())
            if one["kind"] != "snippet"]  # fmt: skip
    assert len(keys) == len(set(keys))


def test_every_recipe_speaks_both_languages() -> None:
    for key in KEYS:
        made = recipe(key)
        assert all(one.en and one.ru and one.en != one.ru for one in (made.name, made.description)), key
        for template in made.templates:
            assert template["words"].keys() == template["locales"]["ru"].keys(), template["key"]
