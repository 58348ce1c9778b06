"""Promo codes that a recipe gives away: a pool that is not there yet is filled with codes made by lot."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from hourglass.commerce import add_codes, promo_pools
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.recipes.recipe import Pool, Recipe

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are read for one another: I and 1, O and 0."""
_LENGTH = 8
Draw = Callable[[str], str]


class RecipePool(Struct, frozen=True, kw_only=True):
    """A pool that the recipe draws from. `made`: codes that were made for it, which the shop has to learn of."""

    pool: str
    left: int
    made: int


def fill_pools(
    tx: Transaction, workspace_id: WorkspaceId, recipe: Recipe, now: datetime, draw: Draw = secrets.choice
) -> list[RecipePool]:
    """Make codes for the pools that are not there; those that stand keep theirs, also when they ran dry."""
    left = {one.pool: one.left for one in promo_pools(tx, workspace_id, now)}
    return [
        RecipePool(pool=key, left=left[key], made=0)
        if key in left
        else RecipePool(pool=key, left=pool.codes, made=_made(tx, workspace_id, key, pool, now, draw))
        for key, pool in recipe.pools.items()
    ]


def _made(tx: Transaction, workspace_id: WorkspaceId, key: str, pool: Pool, now: datetime, draw: Draw) -> int:
    codes: set[str] = set()
    while len(codes) < pool.codes:
        codes.add(f"{pool.prefix}-{''.join(draw(_LETTERS) for _ in range(_LENGTH))}")
    return add_codes(tx, workspace_id, key, sorted(codes), now).added
