"""`hourglass doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import shutil
import smtplib
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from cyclopts import App, Parameter
from msgspec import Struct
from rich.console import Console

from hourglass import log
from hourglass.channels import Standing, channel_standing
from hourglass.cli.language import Language
from hourglass.cli.messages.showing_domain import show_domain
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import Settings, SystemClock, Workspace, read_settings
from hourglass.messages import (
    DnsResolver,
    ask_about,
    call_server,
    inspect_domain,
    reputation_of,
    what_came_back,
)
from hourglass.postgres import Database
from hourglass.secrets import open_vault
from hourglass.supervisor import read_serving

_LATE_SECONDS = 60


class Finding(Struct, frozen=True):
    """One thing looked at."""

    good: bool
    what: str
    advice: str = ""


DOCTOR = App(name="doctor", help="Is everything as it should be, and if not, what to do.")


@DOCTOR.default
def doctor(*, data: DataFolder = None) -> None:
    """Look at the database, the disk, the log, dead letters and mail; exit code 1 when something needs you."""
    console = Console()
    with plainly(), opened(data) as (database, workspace, settings):
        findings = list(_look(database, workspace, settings))
    for finding in findings:
        console.print(f"[{'green' if finding.good else 'red'}]{'✓' if finding.good else '✗'}[/] {finding.what}")
        if finding.advice and not finding.good:
            console.print(f"    {finding.advice}")
    if not all(finding.good for finding in findings):
        sys.exit(1)


@DOCTOR.command(name="email")
def email(
    domain: Annotated[str | None, Parameter(help="The domain that mail is from; left out: the sender's.")] = None,
    *,
    lang: Annotated[Language, Parameter(help="Language of the advice.")] = "en",
    resolver: Annotated[str, Parameter(help="Address of a name server to ask, like 9.9.9.9; the machine's own.")] = "",
    data: DataFolder = None,
) -> None:
    """What mailboxes see of a sending domain (SPF, DKIM, DMARC, MX, PTR, TLS), and the DNS records to set.

    Exit code 1 when something is wrong.
    """
    with plainly():
        asked = ask_about(read_settings(data=data), domain)
        report = inspect_domain(asked, DnsResolver(resolver or None), call_server, SystemClock().now())
    show_domain(report, lang, Console())
    if not report.ready:
        sys.exit(1)


def _look(database: Database, workspace: Workspace, settings: Settings) -> Iterator[Finding]:
    with database.transaction() as tx:
        row = tx.execute("SHOW server_version").fetchone()
        backlog = log.backlog(tx)
        letters = log.count_letters(tx, workspace.id)
        channels = channel_standing(tx, workspace.id, open_vault(settings))
    yield Finding(True, f"PostgreSQL {row[0] if row else '?'} answers")
    free = shutil.disk_usage(settings.data).free // 2**20
    yield Finding(
        free > settings.min_free_mb,
        f"{free:,} MB free on the disk of the data folder",
        f"Below {settings.min_free_mb} MB nothing more is accepted (503); make room.",
    )
    serving = read_serving(settings.data)
    yield Finding(
        serving is not None,
        f"Served at http://{serving.host}:{serving.port}" if serving else "Not being served",
        f"Start it: hourglass serve --data {settings.data}",
    )
    lag = 0.0 if backlog.oldest is None else (SystemClock().now() - backlog.oldest).total_seconds()
    yield Finding(
        lag < _LATE_SECONDS,
        f"{backlog.events} events wait in the log, the oldest for {lag:.0f} s",
        "The engine does not keep up or does not run; see its log.",
    )
    yield Finding(letters == 0, f"{letters} dead letters", "Look at them at /dead-letters, mend the cause, replay.")
    yield from map(_channel, channels)
    if not any(one.channel == "email" for one in channels):
        yield _mail(settings)
    yield from _welcome(database, workspace)


def _channel(one: Standing) -> Finding:
    if one.lacks:
        return Finding(False, f"Channel {one.key} ({one.plugin}) carries nothing", one.lacks)
    return Finding(True, f"Channel {one.key} is ready: {one.channel} by {one.plugin}")


def _welcome(database: Database, workspace: Workspace) -> Iterator[Finding]:
    """What people and mailboxes think of the mail of the last week."""
    now = SystemClock().now()
    with database.transaction() as tx:
        reputation = reputation_of(tx, workspace.id, now)
        returned = what_came_back(tx, workspace.id, now - timedelta(days=7))
    yield Finding(
        reputation.state == "good",
        f"{reputation.complaints} complaints about {reputation.sent:,} mails in a week ({reputation.rate:.2%})",
        reputation.words["en"],
    )
    for one in returned:
        if one.sort == "policy":
            what = f"{one.domain} refused {one.count} mails in a week because of us: {one.said}"
            yield Finding(False, what, "Look at it: hourglass doctor email")


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        return Finding(False, "No SMTP server is set", "Set HOURGLASS_SMTP_URL=smtp://user:password@host:587")
    place = urlsplit(settings.smtp_url)
    try:
        with smtplib.SMTP(place.hostname or "", place.port or 25, timeout=5) as smtp:
            smtp.noop()
    except OSError as error:
        return Finding(
            False, f"SMTP at {place.hostname}:{place.port} does not answer: {error}", "Check HOURGLASS_SMTP_URL."
        )
    return Finding(True, f"SMTP at {place.hostname}:{place.port} answers")
