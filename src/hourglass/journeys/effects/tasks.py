"""Tasks that journeys give to people: added in the tick, listed and done by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Task
from hourglass.kernel import NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("people.sql"))
_LONGEST = 500


class JourneyTask(Struct, frozen=True, kw_only=True):
    """One task. `profile_id`: the customer it is about; `assignee`: who is to do it, in the words of the journey."""

    id: int
    title: str
    assignee: str | None
    journey: str
    profile_id: int
    created_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_by: str | None


def give_tasks(tx: Transaction, effects: Sequence[Ready], scene: Scene) -> list[NotDone]:
    """All tasks of the tick; each (run, step, visit) is one."""
    asked = [(one, one.pending, one.pending.effect) for one in effects if isinstance(one.pending.effect, Task)]
    if asked:
        _queries.execute(
            tx,
            "add_tasks",
            workspace_id=scene.workspace.id,
            now=scene.now,
            runs=[pending.run.id for _, pending, _ in asked],
            visits=[pending.visit for _, pending, _ in asked],
            journeys=[pending.journey for _, pending, _ in asked],
            people=[pending.run.profile_id for _, pending, _ in asked],
            titles=[str(one.content.get("title", ""))[:_LONGEST] for one, _, _ in asked],
            assignees=[None if (to := one.content.get("to")) is None else str(to)[:_LONGEST] for one, _, _ in asked],
            dues=[None if effect.due is None else pending.run.moment + effect.due for _, pending, effect in asked],
        )
    return []


def list_tasks(
    tx: Transaction, workspace_id: WorkspaceId, *, done: bool, profile_id: int | None, most: int
) -> list[JourneyTask]:
    """Open tasks, or those that are done; the most urgent first."""
    asked = {"workspace_id": workspace_id, "done": done, "profile_id": profile_id, "most": most}
    return _queries.rows(tx, "tasks", JourneyTask, **asked)


def finish_task(tx: Transaction, workspace_id: WorkspaceId, id_: int, *, author: str, now: datetime) -> JourneyTask:
    """It is done; who said so first counts. Raises NotFound."""
    done = _queries.one(tx, "finish_task", JourneyTask, workspace_id=workspace_id, id=id_, author=author, now=now)
    if done is None:
        raise NotFound(f"There is no task {id_}.")
    return done
