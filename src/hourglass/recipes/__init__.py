"""Whole scenarios that come along: a journey with its segments and texts, added as documents to be changed."""

from hourglass.recipes.add import RecipeAdded, RecipePlaced, add
from hourglass.recipes.catalogue import recipe, recipes
from hourglass.recipes.compose import RecipeChoice, compose
from hourglass.recipes.needs import RecipeNeed, needs
from hourglass.recipes.pools import RecipePool
from hourglass.recipes.recipe import STAGES, Recipe
from hourglass.recipes.report import ORDERED, RecipeMetric, RecipeReport, report
from hourglass.recipes.show import RecipeDetail, RecipeLine, listed, shown

__all__ = [
    "ORDERED",
    "STAGES",
    "Recipe",
    "RecipeAdded",
    "RecipeChoice",
    "RecipeDetail",
    "RecipeLine",
    "RecipeMetric",
    "RecipeNeed",
    "RecipePlaced",
    "RecipePool",
    "RecipeReport",
    "add",
    "compose",
    "listed",
    "needs",
    "recipe",
    "recipes",
    "report",
    "shown",
]
