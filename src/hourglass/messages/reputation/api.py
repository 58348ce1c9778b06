"""What people think of our mail, over HTTP."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency as Given
from litestar.params import QueryParameter
from msgspec import Struct

from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.messages.domains.asked import ask_about
from hourglass.messages.domains.call import call_server
from hourglass.messages.domains.inspect import inspect_domain, look_at_mail
from hourglass.messages.domains.resolver import DnsResolver
from hourglass.messages.reputation.readiness import Readiness, bulk_readiness, leaves_this_machine
from hourglass.messages.reputation.reputation import WINDOW, Reputation, Returns, reputation_of, what_came_back
from hourglass.postgres import Database, Transaction


class ReputationPage(Struct, frozen=True, kw_only=True):
    """Complaints and returned mail of the last seven days."""

    reputation: Reputation
    returned: list[Returns]


class ReputationController(Controller):
    """`/api/email/reputation` and `/api/email/readiness`."""

    path = "/api/email"
    tags = ("messages",)

    @get("/reputation", needs=Permission.LOOK, sync_to_thread=True)
    def people(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> ReputationPage:
        """How many people complain, what that means, and what came back from which domains."""
        now = clock.now()
        return ReputationPage(
            reputation=reputation_of(tx, workspace.id, now), returned=what_came_back(tx, workspace.id, now - WINDOW)
        )

    @get("/readiness", needs=Permission.LOOK, sync_to_thread=True)
    def bulk(
        self,
        database: Given[Database],
        workspace: Given[Workspace],
        settings: Given[Settings],
        clock: Given[Clock],
        recipients: Annotated[int, QueryParameter(ge=0, le=1_000_000_000)] = 5000,
        domain: Annotated[str | None, QueryParameter(max_length=253)] = None,
    ) -> Readiness:
        """Whether a campaign to so many may go out by the rules of Gmail and Yahoo, and what is missing."""
        now = clock.now()
        with database.transaction() as tx:  # not kept open while DNS is asked
            reputation = reputation_of(tx, workspace.id, now)
        report = None
        if leaves_this_machine(settings) and domain:
            report = inspect_domain(ask_about(settings, domain), DnsResolver(), call_server, now)
        elif leaves_this_machine(settings):
            report = look_at_mail(database, workspace.id, settings, now)
        return bulk_readiness(report, reputation, recipients=recipients)
