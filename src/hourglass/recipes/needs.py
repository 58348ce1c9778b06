"""What a recipe needs, held against what came lately: an event that nobody sends starts no journey."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.recipes.recipe import Recipe

_queries = Queries(Path(__file__).with_name("needs.sql"))
_LATELY = timedelta(days=30)


class RecipeNeed(Struct, frozen=True, kw_only=True):
    """One event or trait. `seen` within 30 days; `missing`: properties that none of the events looked at has."""

    of: Literal["event", "trait"]
    name: str
    seen: bool
    missing: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether there is nothing left to do about it."""
        return self.seen and not self.missing


def needs(
    tx: Transaction, workspace_id: WorkspaceId, recipes: Iterable[Recipe], now: datetime
) -> dict[str, list[RecipeNeed]]:
    """By the key of the recipe; two statements for all of them."""
    asked = list(recipes)
    events = {name for one in asked for name in one.needs.events}
    traits = {name for one in asked for name in one.needs.traits}
    seen: dict[str, set[str]] = {}
    told = _queries.tuples(tx, "events", workspace_id=workspace_id, names=sorted(events), since=now - _LATELY)
    for name, property_ in told:
        seen.setdefault(name, set()).add(property_)
    known = {row[0] for row in _queries.tuples(tx, "traits", workspace_id=workspace_id, names=sorted(traits))}
    return {one.key: _of(one, seen, known) for one in asked}


def _of(recipe: Recipe, events: dict[str, set[str]], traits: set[str]) -> list[RecipeNeed]:
    return [
        *(
            RecipeNeed(
                of="event",
                name=name,
                seen=name in events,
                missing=tuple(one for one in used if one not in events[name]) if name in events else used,
            )
            for name, used in recipe.needs.events.items()
        ),
        *(RecipeNeed(of="trait", name=name, seen=name in traits) for name in recipe.needs.traits),
    ]
