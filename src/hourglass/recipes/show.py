"""Recipes for people who choose: what each does, whether it can work here, and whether it was added."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.definitions import Document, list_all
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction
from hourglass.recipes.catalogue import recipe, recipes
from hourglass.recipes.compose import RecipeChoice, compose
from hourglass.recipes.needs import RecipeNeed, needs
from hourglass.recipes.recipe import STAGES, Recipe


class RecipeSetting(Struct, frozen=True, kw_only=True):
    """Something to choose, and what it is when nothing is chosen."""

    name: str
    value: int | str
    words: dict[str, str]


class RecipeLine(Struct, frozen=True, kw_only=True):
    """One recipe. `ready`: everything it needs came lately; `added`: its journey stands, in this state."""

    key: str
    stage: str
    stage_name: dict[str, str]
    name: dict[str, str]
    description: dict[str, str]
    ready: bool
    added: str | None
    needs: list[RecipeNeed]
    settings: list[RecipeSetting]


class RecipeDetail(Struct, frozen=True, kw_only=True):
    """One recipe with the documents that would be added."""

    recipe: RecipeLine
    documents: list[Document]


def listed(tx: Transaction, workspace: Workspace, now: datetime) -> list[RecipeLine]:
    """All recipes: first those that can work here, each in the order of a customer's way."""
    return sorted(_lines(tx, workspace, recipes(), now), key=lambda one: not one.ready)


def shown(tx: Transaction, workspace: Workspace, key: str, now: datetime) -> RecipeDetail:
    """One recipe in the workspace's language. Raises NotFound."""
    one = recipe(key)
    [line] = _lines(tx, workspace, [one], now)
    documents = compose(one, RecipeChoice(locale=workspace.locale))
    return RecipeDetail(recipe=line, documents=[found for found in documents if found["kind"] != "snippet"])


def _lines(tx: Transaction, workspace: Workspace, asked: list[Recipe], now: datetime) -> list[RecipeLine]:
    lacking = needs(tx, workspace.id, asked, now)
    states = {one.key: one.state for one in list_all(tx, workspace.id, "journey")}
    return [
        RecipeLine(
            key=one.key,
            stage=one.stage,
            stage_name={"en": STAGES[one.stage].en, "ru": STAGES[one.stage].ru},
            name={"en": one.name.en, "ru": one.name.ru},
            description={"en": one.description.en, "ru": one.description.ru},
            ready=all(need.met for need in lacking[one.key]),
            added=states.get(one.key),
            needs=lacking[one.key],
            settings=[
                RecipeSetting(name=name, value=setting.value, words={"en": setting.en, "ru": setting.ru})
                for name, setting in one.settings.items()
            ],
        )
        for one in asked
    ]
