"""Recipes over HTTP: the list with what each still lacks, one with its documents, and adding."""

from __future__ import annotations

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody

from hourglass.definitions import Kinds
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Transaction
from hourglass.recipes.add import RecipeAdded, add
from hourglass.recipes.compose import RecipeChoice
from hourglass.recipes.report import RecipeReport, report
from hourglass.recipes.show import RecipeDetail, RecipeLine, listed, shown


class RecipesController(Controller):
    """`/api/recipes`."""

    path = "/api/recipes"
    tags = ("recipes",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_recipes(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> list[RecipeLine]:
        """Every recipe, and whether its events came within 30 days; those that can work come first."""
        return listed(tx, workspace, clock.now())

    @get("/{key:str}", needs=Permission.LOOK, sync_to_thread=True)
    def one(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> RecipeDetail:
        """One recipe with the documents that would be added."""
        return shown(tx, workspace, key, clock.now())

    @get("/{key:str}/report", needs=Permission.LOOK, sync_to_thread=True)
    def numbers(self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]) -> RecipeReport:
        """What a recipe that was added has brought."""
        return report(tx, workspace, key)

    @post("/{key:str}", needs=Permission.DEFINE, sync_to_thread=True)
    def add(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
        data: JSONBody[RecipeChoice],
    ) -> RecipeAdded:
        """Add it, as a draft unless `live`. 409 when it was added before and `again` is not said."""
        return add(tx, workspace, key, data, kinds=kinds, author=actor_name, now=clock.now())
