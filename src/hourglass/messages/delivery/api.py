"""Delivery over HTTP: how providers do."""

from __future__ import annotations

from litestar import Controller, get
from litestar.di import NamedDependency as Given

from hourglass.kernel import Clock, Permission, Workspace
from hourglass.messages.delivery.health import ProviderHealth, providers_health
from hourglass.postgres import Transaction


class DeliveryController(Controller):
    """`/api/delivery`."""

    path = "/api/delivery"
    tags = ("delivery",)

    @get("/providers", needs=Permission.LOOK, sync_to_thread=True)
    def providers(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]
    ) -> list[ProviderHealth]:
        """Those that were used lately: closed is well, open is left alone until then, probing is being tried."""
        return providers_health(tx, workspace.id, clock.now())
