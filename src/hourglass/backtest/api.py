"""Journeys as a graph with numbers, over HTTP."""

from __future__ import annotations

from litestar import Controller, Response, get
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery

from hourglass.backtest.answer import Flow
from hourglass.backtest.report import journey_flow, journey_page
from hourglass.kernel import Clock, Workspace
from hourglass.postgres import Transaction


class JourneyFlowController(Controller):
    """`/api/journeys/{key}/flow` and the page of the same."""

    path = "/api/journeys"
    tags = ("journeys",)

    @get("/{key:str}/flow", sync_to_thread=True)
    def flow(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> Flow:
        """How many took each step and each way, wait, left, got a message or did not and why."""
        return journey_flow(tx, workspace, key, clock.now())

    @get("/{key:str}/report.html", media_type="text/html", sync_to_thread=True)
    def page(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        lang: FromQuery[str | None] = None,
    ) -> Response[str]:
        """The same drawn as one page that needs nothing else; `lang` is en or ru, else the workspace's."""
        language = "ru" if (lang or workspace.locale).startswith("ru") else "en"
        page = journey_page(tx, workspace, key, clock.now(), language)
        return Response(page, media_type="text/html; charset=utf-8")
