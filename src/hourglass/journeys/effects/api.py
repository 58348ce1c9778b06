"""`/api/tasks` and `/api/alerts`: what journeys leave to people."""

from __future__ import annotations

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery

from hourglass.journeys.effects.alerts import JourneyAlert, list_alerts, see_alert
from hourglass.journeys.effects.tasks import JourneyTask, finish_task, list_tasks, take_task
from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.postgres import Transaction

_MOST = 500


class TasksController(Controller):
    """Tasks for people."""

    path = "/api/tasks"
    tags = ("journeys",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_tasks(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        done: FromQuery[bool] = False,
        profile_id: FromQuery[int | None] = None,
    ) -> list[JourneyTask]:
        """What is to be done, the most urgent first; or what is done. 500 at most, of one customer where asked."""
        return list_tasks(tx, workspace.id, done=done, profile_id=profile_id, most=_MOST)

    @post("/{task_id:int}/taken", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def take(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        actor_name: Given[str],
        task_id: FromPath[int],
    ) -> JourneyTask:
        """Who asks takes it on; the event `Task Taken` tells it to journeys."""
        now, partitions = clock.now(), settings.partitions
        return take_task(tx, workspace.id, task_id, author=actor_name, now=now, partitions=partitions)

    @post("/{task_id:int}/done", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def finish(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        actor_name: Given[str],
        task_id: FromPath[int],
    ) -> JourneyTask:
        """It is done; who said so first counts. The event `Task Done` tells it to journeys."""
        now, partitions = clock.now(), settings.partitions
        return finish_task(tx, workspace.id, task_id, author=actor_name, now=now, partitions=partitions)


class AlertsController(Controller):
    """What journeys tell the people who run the shop."""

    path = "/api/alerts"
    tags = ("journeys",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_alerts(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[JourneyAlert]:
        """What nobody has seen yet, the latest first; 500 at most."""
        return list_alerts(tx, workspace.id, _MOST)

    @post("/{alert_id:int}/seen", needs=Permission.DEFINE, status_code=204, sync_to_thread=True)
    def see(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        alert_id: FromPath[int],
    ) -> None:
        """Put it away; said again, it comes back as a new one."""
        see_alert(tx, workspace.id, alert_id, author=actor_name, now=clock.now())
