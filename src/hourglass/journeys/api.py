"""Journeys over HTTP: the list with its numbers, and one with its steps."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody

from hourglass.journeys import state
from hourglass.journeys.audiences.api import ConnectorsController
from hourglass.journeys.document import read_journey
from hourglass.journeys.effects.api import AlertsController, TasksController
from hourglass.journeys.entries.invite import Invitation, Invited, enter
from hourglass.journeys.entries.preview import EntryPreview, preview
from hourglass.journeys.report import JourneyReport, detail, report
from hourglass.journeys.versions.take_over import TakenOver, TakeOver, take_over
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Transaction

__all__ = ["AlertsController", "ConnectorsController", "JourneysController", "TasksController"]


class JourneysController(Controller):
    """`/api/journeys`."""

    path = "/api/journeys"
    tags = ("journeys",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_journeys(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[JourneyReport]:
        """Every journey with its numbers."""
        return report(tx, workspace.id)

    @get("/{key:str}", needs=Permission.LOOK, sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]) -> dict[str, Any]:
        """One journey: its document, and how many people each step had and has."""
        found = detail(tx, workspace.id, key)
        told = {"starts": found.starts, "definition": found.definition, "steps": found.steps}
        return msgspec.structs.asdict(found.report) | told

    @post("/preview", needs=Permission.LOOK, status_code=200, sync_to_thread=True)
    def entry_preview(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], data: JSONBody[dict[str, Any]]
    ) -> EntryPreview:
        """How many would enter a journey, from its document, saved or not: as soon as it is live, and next."""
        return preview(tx, workspace, read_journey({"key": "preview", **data}), clock.now())

    @post("/{key:str}/enter", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def enter(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        data: JSONBody[Invitation],
    ) -> Invited:
        """Put people in, one or up to 10,000; those whom nobody knows are answered by their place. 409: not live."""
        return enter(tx, workspace, key, data, clock.now())

    @post("/{key:str}/move", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def move(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
        data: JSONBody[TakeOver],
    ) -> TakenOver:
        """Take the people inside one version over into another; as a `preview`, unless told, only say who would go."""
        return take_over(tx, workspace.id, key, data, actor_name, clock.now())

    @post("/{key:str}/pause", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def pause(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> JourneyReport:
        """Nobody enters, and those inside stand still, until it is resumed."""
        return state.pause(tx, workspace.id, key, clock.now())

    @post("/{key:str}/resume", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def resume(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> JourneyReport:
        """People enter again, and those inside go on from where they stood."""
        return state.resume(tx, workspace.id, key, clock.now())

    @post("/{key:str}/archive", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def archive(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> JourneyReport:
        """Put it away for good: those inside leave it."""
        return state.archive(tx, workspace.id, key, clock.now())
