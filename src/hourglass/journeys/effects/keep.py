"""People onto lists and off them."""

from __future__ import annotations

from collections.abc import Sequence

from hourglass.audience import Enlisting, enlist
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Enlist
from hourglass.postgres import Transaction


def keep_lists(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """All of them at once; a list that is not there (any more) is said."""
    asked = [(one.pending, one.pending.effect) for one in effects if isinstance(one.pending.effect, Enlist)]
    if not asked:
        return []
    wanted = [Enlisting(key=effect.key, profile_id=one.run.profile_id, add=effect.add) for one, effect in asked]
    missing = enlist(tx, scene.workspace.id, wanted, scene.now)
    return [
        NotDone(place=one.place, reason="no_such_list", detail=f"There is no list “{effect.key}”.")
        for one, effect in asked
        if effect.key in missing
    ]
