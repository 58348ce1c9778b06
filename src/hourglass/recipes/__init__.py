"""Whole scenarios that come along: a journey with its segments and texts, added as documents to be changed."""

from hourglass.recipes.add import RecipeAdded, RecipePlaced, add
from hourglass.recipes.catalogue import recipe, recipes
from hourglass.recipes.compose import Choice, compose
from hourglass.recipes.needs import RecipeNeed, needs
from hourglass.recipes.recipe import STAGES, Recipe
from hourglass.recipes.show import RecipeDetail, RecipeLine, listed, shown

__all__ = [
    "STAGES",
    "Choice",
    "Recipe",
    "RecipeAdded",
    "RecipeDetail",
    "RecipeLine",
    "RecipeNeed",
    "RecipePlaced",
    "add",
    "compose",
    "listed",
    "needs",
    "recipe",
    "recipes",
    "shown",
]
