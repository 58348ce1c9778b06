"""Tasks that journeys give to people: added in the tick, listed, taken on and done by hand.

Who takes a task on or does it tells an event about the customer, so that a journey can wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass import log
from hourglass.events import envelope
from hourglass.journeys.effects.pending import NotDone, Ready
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Task
from hourglass.kernel import NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import event_names

_queries = Queries(Path(__file__).with_name("people.sql"))
_LONGEST = 500


class JourneyTask(Struct, frozen=True, kw_only=True):
    """One task. `assignee`: who is to do it, in the words of the journey; `person`: the name of the customer."""

    id: int
    run_id: int
    title: str
    assignee: str | None
    journey: str
    profile_id: int
    person: str | None
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


def take_task(
    tx: Transaction, workspace_id: WorkspaceId, id_: int, *, author: str, now: datetime, partitions: int
) -> JourneyTask:
    """Somebody takes it on, and is now who is to do it; of a task that is done nothing changes. Raises NotFound."""
    _queries.execute(tx, "take_task", workspace_id=workspace_id, id=id_, author=author[:_LONGEST])
    task = _task(tx, workspace_id, id_)
    if task.done_at is None:
        _tell(tx, workspace_id, task, "Task Taken", author, now, partitions)
    return task


def finish_task(
    tx: Transaction, workspace_id: WorkspaceId, id_: int, *, author: str, now: datetime, partitions: int
) -> JourneyTask:
    """It is done; who said so first counts. Raises NotFound."""
    _queries.execute(tx, "finish_task", workspace_id=workspace_id, id=id_, author=author, now=now)
    done = _task(tx, workspace_id, id_)
    _tell(tx, workspace_id, done, "Task Done", done.done_by or author, now, partitions)
    return done


def _task(tx: Transaction, workspace_id: WorkspaceId, id_: int) -> JourneyTask:
    task = _queries.one(tx, "task", JourneyTask, workspace_id=workspace_id, id=id_)
    if task is None:
        raise NotFound(f"There is no task {id_}.")
    return task


def _tell(
    tx: Transaction,
    workspace_id: WorkspaceId,
    task: JourneyTask,
    event: Literal["Task Taken", "Task Done"],
    author: str,
    now: datetime,
    partitions: int,
) -> None:
    """Append the event to the log; said again, it is the same one. Nobody is told of who was erased meanwhile."""
    who = event_names(tx, workspace_id, [task.profile_id]).get(task.profile_id)
    if who is None:
        return
    body = {
        "event": event,
        "messageId": f"hg-task-{task.id}-{event[5:].lower()}",
        "timestamp": now.isoformat(),
        **who,
        "properties": {
            "task_id": task.id,
            "title": task.title,
            "journey": task.journey,
            "run": task.run_id,
            "by": author,
        },
    }
    log.append(tx, workspace_id, [envelope("track", body)], now, partitions)
