"""The web role: every door, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from litestar.types import ControllerRouterHandler

from hourglass import commerce, journeys
from hourglass.app.kinds import KINDS
from hourglass.audience.api import AudienceController, ListsController, SegmentsController
from hourglass.backtest.api import JourneyCheckController
from hourglass.campaigns.api import CampaignsController
from hourglass.commerce.api import PromoCodesController, PromoController
from hourglass.definitions.api import DefinitionsController, SchemaController
from hourglass.experiments.api import ExperimentsController
from hourglass.inbox.api import InboxController
from hourglass.journeys.api import (
    AlertsController,
    ConnectorsController,
    JourneysController,
    TasksController,
)
from hourglass.kernel import Clock, Settings, SystemClock, Workspace
from hourglass.log import LogWriter
from hourglass.messages.api import (
    AssetsController,
    DeliveryController,
    DomainController,
    ReputationController,
    SuppressionsController,
    TemplatesController,
    explain,
    preferences_link,
)
from hourglass.postgres import Database, Queries, Transaction
from hourglass.profiles import Regrouped
from hourglass.profiles.api import MergesController, PeopleController
from hourglass.recipes.api import RecipesController
from hourglass.reports.api import CampaignPageController, JourneyFlowController
from hourglass.secrets.api import SecretsController
from hourglass.web import CollectApp, KeyRing, serve
from hourglass.web.api import (
    DeadLettersController,
    Demo,
    KeysController,
    LiveController,
    Parts,
    UsersController,
    health,
    make_application,
    session,
    sign_in,
    sign_out,
    tracking_handlers,
    vocabulary,
    webhook_handlers,
)

_PRESENT = timedelta(seconds=2)
_queries = Queries(Path(__file__).with_name("queries.sql"))


HANDLERS: tuple[ControllerRouterHandler, ...] = (
    health,
    sign_in,
    sign_out,
    session,
    vocabulary,
    LiveController,
    PeopleController,
    MergesController,
    AudienceController,
    SegmentsController,
    ListsController,
    JourneysController,
    JourneyFlowController,
    JourneyCheckController,
    TasksController,
    AlertsController,
    PromoController,
    PromoCodesController,
    ConnectorsController,
    RecipesController,
    CampaignsController,
    CampaignPageController,
    ExperimentsController,
    DeliveryController,
    DefinitionsController,
    SchemaController,
    TemplatesController,
    AssetsController,
    DomainController,
    ReputationController,
    SuppressionsController,
    explain,
    preferences_link,
    DeadLettersController,
    KeysController,
    UsersController,
    SecretsController,
    InboxController,
    *tracking_handlers(),
    *webhook_handlers(),
)
"""Everything that answers beside the collect door and the admin page's own files."""


async def serve_web(settings: Settings, database: Database, clock: Clock, stop: Callable[[], asyncio.Event]) -> None:
    """Serve until told to stop; what was accepted is durable before it returns."""
    writer = LogWriter(settings.database_url, clock, settings)
    await writer.start()
    keys = KeyRing(database)
    parts = Parts(
        database=database,
        clock=clock,
        settings=settings,
        kinds=KINDS,
        collect=CollectApp(writer, keys, clock, settings),
        controllers=HANDLERS,
        demo=_demo(clock),
        follow=_follow,
        refusal=writer.reason_to_refuse,
    )
    try:
        await serve(make_application(parts), settings.host, settings.port, stop())
    finally:
        await writer.close()
        keys.close()


def _follow(tx: Transaction, workspace: Workspace, regrouped: Regrouped, now: datetime) -> None:
    """A merge by hand takes along what an automatic one does."""
    commerce.follow(regrouped.moved, tx, workspace.id)
    journeys.follow(tx, workspace, regrouped.absorbed, now)


def _demo(clock: Clock) -> Callable[[Transaction], Demo | None]:
    def demo(tx: Transaction) -> Demo | None:
        progress = _queries.scalar(tx, "progress")
        if progress is None:
            return None
        now = clock.now()
        return Demo(
            rate=progress["anchor"]["rate"],
            now=now,
            caught_up=SystemClock().now() - now < _PRESENT,
            generated_share=progress.get("generated_share", 0.0),
        )

    return demo
