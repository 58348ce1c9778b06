"""What steps want of audiences, queued in the tick's transaction; told beside it (audiences/syncs.py)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hourglass.connectors import CONNECTOR
from hourglass.definitions import live
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import KeepAudience
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("memberships.sql"))


def ask_connectors(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """Queue them all; each (run, step, visit) once. A connector that is not there (any more) is said."""
    asked = [(one.pending, one.pending.effect) for one in effects if isinstance(one.pending.effect, KeepAudience)]
    if not asked:
        return []
    known = {one.key for one in live(tx, scene.workspace.id, CONNECTOR.name)}
    going = [(pending, effect) for pending, effect in asked if effect.connector in known]
    if going:
        _queries.execute(
            tx,
            "ask",
            workspace_id=scene.workspace.id,
            now=scene.now,
            connectors=[effect.connector for _, effect in going],
            audiences=[effect.audience for _, effect in going],
            people=[pending.run.profile_id for pending, _ in going],
            adds=[effect.add for _, effect in going],
            runs=[pending.run.id for pending, _ in going],
            visits=[pending.visit for pending, _ in going],
        )
        _queries.tuples(tx, "wake")
    return [
        NotDone(
            place=pending.place, reason="no_such_connector", detail=f"There is no live connector “{effect.connector}”."
        )
        for pending, effect in asked
        if effect.connector not in known
    ]
