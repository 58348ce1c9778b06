"""Over HTTP: journeys as a graph with numbers, reports as pages, of campaigns too, and why somebody got what."""

from __future__ import annotations

from litestar import Controller, Response, get
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery

from hourglass.kernel import Clock, Permission, Workspace
from hourglass.messages import spoken
from hourglass.postgres import Transaction
from hourglass.reports.answer import Flow
from hourglass.reports.campaign import campaign_page
from hourglass.reports.journey import journey_flow, journey_page
from hourglass.reports.why import JourneyWhy, why_journey

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""A report runs nothing and fetches nothing."""


class JourneyFlowController(Controller):
    """`/api/journeys/{key}/flow`, the page of the same, `/api/journeys/{key}/why`."""

    path = "/api/journeys"
    tags = ("journeys",)

    @get("/{key:str}/flow", needs=Permission.LOOK, sync_to_thread=True)
    def flow(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> Flow:
        """How many took each step and each way, wait, left, got a message or did not and why."""
        return journey_flow(tx, workspace, key, clock.now())

    @get("/{key:str}/report.html", needs=Permission.LOOK, media_type="text/html", sync_to_thread=True)
    def page(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        lang: FromQuery[str | None] = None,
    ) -> Response[str]:
        """The same drawn as one page that needs nothing else; `lang` is en or ru, else the workspace's."""
        return _page(journey_page(tx, workspace, key, clock.now(), spoken(lang or "", workspace.locale)))

    @get("/{key:str}/why", needs=Permission.LOOK, sync_to_thread=True)
    def why(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        person: FromQuery[str],
    ) -> JourneyWhy:
        """Every decision about a person with its time and rule, or why they never entered; `person`: any identifier."""
        return why_journey(tx, workspace, person, key, clock.now())


class CampaignPageController(Controller):
    """`/api/campaigns/{key}/report.html`; the numbers are at `/api/campaigns/{key}/report`."""

    path = "/api/campaigns"
    tags = ("campaigns",)

    @get("/{key:str}/report.html", needs=Permission.LOOK, media_type="text/html", sync_to_thread=True)
    def page(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        edition: FromQuery[int | None] = None,
        lang: FromQuery[str | None] = None,
    ) -> Response[str]:
        """What came of a campaign as one page that needs nothing else; `lang` is en or ru, else the workspace's."""
        return _page(campaign_page(tx, workspace, key, clock.now(), spoken(lang or "", workspace.locale), edition))


def _page(text: str) -> Response[str]:
    return Response(text, media_type="text/html", headers=_HEADERS)
