"""The sending domain over HTTP."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency as Given
from litestar.params import QueryParameter

from hourglass.kernel import Clock, Permission, Settings, Workspace
from hourglass.messages.domains.asked import ask_about
from hourglass.messages.domains.call import call_server
from hourglass.messages.domains.finding import DomainReport
from hourglass.messages.domains.inspect import inspect_domain
from hourglass.messages.domains.resolver import DnsResolver


class DomainController(Controller):
    """`/api/email`."""

    path = "/api/email"
    tags = ("messages",)

    @get("/domain", needs=Permission.LOOK, sync_to_thread=True)
    def look(
        self,
        workspace: Given[Workspace],
        settings: Given[Settings],
        clock: Given[Clock],
        domain: Annotated[str | None, QueryParameter(max_length=253)] = None,
    ) -> DomainReport:
        """What mailboxes see of a sending domain (the sender's when left out), and the DNS records to set."""
        del workspace  # asked for, so that only who is signed in may ask
        return inspect_domain(ask_about(settings, domain), DnsResolver(), call_server, clock.now())
