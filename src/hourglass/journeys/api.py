"""Journeys over HTTP: the list with its numbers, and one with its steps."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency as Given
from litestar.params import FromPath

from hourglass.journeys.report import JourneyReport, detail, report
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction


class JourneysController(Controller):
    """`/api/journeys`."""

    path = "/api/journeys"
    tags = ("journeys",)

    @get("/", sync_to_thread=True)
    def all_journeys(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[JourneyReport]:
        """Every journey with its numbers."""
        return report(tx, workspace.id)

    @get("/{key:str}", sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]) -> dict[str, Any]:
        """One journey: its document, and how many people each step had and has."""
        found = detail(tx, workspace.id, key)
        return msgspec.structs.asdict(found.report) | {"definition": found.definition, "steps": found.steps}
