"""Experiments over HTTP: which there are, and what they have shown."""

from __future__ import annotations

from datetime import datetime

from litestar import Controller, get
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from hourglass.experiments.results import ExperimentResults, results
from hourglass.experiments.source import ExperimentKind, all_sources
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Transaction


class ExperimentLine(Struct, frozen=True, kw_only=True):
    """One experiment by the definition that draws it; `step` gives its arms, null: it is a control group."""

    kind: ExperimentKind
    key: str
    step: str | None
    name: str
    weights: dict[str, float]
    since: datetime
    """Since when it is drawn by these weights; earlier people are another experiment."""


class ExperimentsController(Controller):
    """`/api/experiments`; they are made by saving a journey, a campaign or the policy."""

    path = "/api/experiments"
    tags = ("experiments",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_experiments(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[ExperimentLine]:
        """Every control group, and every step that gives arms."""
        return [
            ExperimentLine(
                kind=one.kind,
                key=one.key,
                step=one.step,
                name=one.name,
                weights=dict(one.weights),
                since=one.since,
            )
            for one in all_sources(tx, workspace.id)
        ]

    @get("/{kind:str}/{key:str}/results", needs=Permission.LOOK, sync_to_thread=True)
    def results(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        kind: FromPath[ExperimentKind],
        key: FromPath[str],
        step: FromQuery[str | None] = None,
        days: FromQuery[float | None] = None,
    ) -> ExperimentResults:
        """People, orders and money by arm, the difference to the baseline with its interval, guards, and a sentence.

        `days`: how long after the assignment each person is watched, 14 unless told.
        """
        return results(tx, workspace, kind, key, clock.now(), step=step, days=days)
