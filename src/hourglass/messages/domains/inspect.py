"""A look at a sending domain: every check beside the others; a name server that is silent makes one check unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from hourglass.kernel import Settings, WorkspaceId
from hourglass.messages.domains.asked import Asked, Probe, ask_about_mail
from hourglass.messages.domains.authentication import dkim, dmarc, spf
from hourglass.messages.domains.call import call_server
from hourglass.messages.domains.finding import DomainFinding, DomainReport
from hourglass.messages.domains.resolver import DnsResolver, Resolver, Unanswered
from hourglass.messages.domains.server import mx, one_click, ptr, tls
from hourglass.messages.domains.words import say
from hourglass.postgres import Database


def inspect_domain(asked: Asked, resolver: Resolver, probe: Probe, now: datetime) -> DomainReport:
    """Everything that mailboxes look at. Takes seconds: call it in a thread and outside of transactions."""
    checks: dict[str, Callable[[], Iterator[DomainFinding]]] = {
        "spf": partial(spf, asked, resolver),
        "dkim": partial(dkim, asked, resolver),
        "dmarc": partial(dmarc, asked, resolver),
        "mx": partial(mx, asked, resolver),
        "ptr": partial(ptr, asked, resolver),
        "tls": partial(tls, asked, probe),
        "one_click": partial(one_click, asked),
    }
    with ThreadPoolExecutor(len(checks)) as side_by_side:  # a silent name server is waited for once
        findings = [finding for found in side_by_side.map(_answered, checks, checks.values()) for finding in found]
    return DomainReport(domain=asked.domain, at=now, findings=findings)


def look_at_mail(database: Database, workspace_id: WorkspaceId, settings: Settings, now: datetime) -> DomainReport:
    """The domain that a workspace's e-mail is from; no transaction is kept open while DNS is asked."""
    with database.transaction() as tx:
        asked = ask_about_mail(tx, workspace_id, settings)
    return inspect_domain(asked, DnsResolver(), call_server, now)


def _answered(name: str, check: Callable[[], Iterator[DomainFinding]]) -> list[DomainFinding]:
    found: list[DomainFinding] = []
    try:
        found.extend(check())
    except Unanswered as error:
        found.append(say(name, "silent", why=str(error)))
    return found
