"""Campaigns over HTTP: how they stand, and what is done with them."""

from __future__ import annotations

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery

from hourglass.campaigns.results.report import CampaignReport, report
from hourglass.campaigns.sends import steer
from hourglass.campaigns.sends.rules import refuse_unready
from hourglass.campaigns.sends.standing import CampaignStanding, standing, standing_of
from hourglass.campaigns.sends.winner import choose_by_hand
from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.postgres import Database, Transaction


class CampaignsController(Controller):
    """`/api/campaigns`; documents are saved as `/api/definitions/campaign/{key}`."""

    path = "/api/campaigns"
    tags = ("campaigns",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_campaigns(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]
    ) -> list[CampaignStanding]:
        """Every campaign, and how far its last send is."""
        return standing(tx, workspace, clock.now())

    @get("/{key:str}", needs=Permission.LOOK, sync_to_thread=True)
    def one(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], key: FromPath[str]
    ) -> CampaignStanding:
        """One campaign."""
        return standing_of(tx, workspace, key, clock.now())

    @get("/{key:str}/report", needs=Permission.LOOK, sync_to_thread=True)
    def report(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        edition: FromQuery[int | None] = None,
    ) -> CampaignReport:
        """What came of its last send, or of one edition, and of all editions together."""
        return report(tx, workspace, key, clock.now(), edition)

    @post("/{key:str}/send", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def send(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        database: Given[Database],
        settings: Given[Settings],
        key: FromPath[str],
        anyway: FromQuery[bool] = False,
    ) -> CampaignStanding:
        """Let it go out by its schedule. 409 when it went out already, or when the rules for bulk mail are not kept.

        `problems` then says what to do; `anyway=true` sends all the same.
        """
        if not anyway:
            refuse_unready(database, workspace, key, settings, clock.now())
        steer.send(tx, workspace, key, actor_name, clock.now(), anyway=anyway)
        return standing_of(tx, workspace, key, clock.now())

    @post("/{key:str}/pause", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def pause(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        edition: FromQuery[int | None] = None,
    ) -> CampaignStanding:
        """Nothing more leaves until it is resumed: of it all, or of one edition."""
        steer.pause(tx, workspace.id, key, edition)
        return standing_of(tx, workspace, key, clock.now(), edition)

    @post("/{key:str}/resume", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def resume(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        edition: FromQuery[int | None] = None,
    ) -> CampaignStanding:
        """It goes on where it stood."""
        steer.resume(tx, workspace.id, key, edition)
        return standing_of(tx, workspace, key, clock.now(), edition)

    @post("/{key:str}/cancel", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def cancel(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        edition: FromQuery[int | None] = None,
    ) -> CampaignStanding:
        """Nothing more leaves; whoever did not get it is noted with the reason."""
        steer.cancel(tx, workspace.id, key, edition)
        return standing_of(tx, workspace, key, clock.now(), edition)

    @post("/{key:str}/winner", needs=Permission.DEFINE, status_code=200, sync_to_thread=True)
    def winner(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
        variant: FromQuery[str],
        edition: FromQuery[int | None] = None,
    ) -> CampaignStanding:
        """End the test by hand: the rest gets this variant. 409 when there is no test that runs."""
        choose_by_hand(tx, workspace, key, variant, actor_name, clock.now(), edition)
        return standing_of(tx, workspace, key, clock.now(), edition)
