"""`hourglass demo`: a real shop's year, and its last week played live."""

from __future__ import annotations

from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.console import Console

from hourglass.app import KINDS, roles_for
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.demo import Around, Options, Say, run, serving
from hourglass.kernel import SystemClock
from hourglass.web import create_key, create_login_link

_INBOX_PORT = 2525


def demo(
    *,
    data: DataFolder = None,
    port: Annotated[int | None, Parameter(help="Port of the page.")] = None,
    rate: Annotated[float, Parameter(help="How many times faster than life the week is played.")] = 600.0,
    fast: Annotated[bool, Parameter(help="A month of history and one hour live; for CI.")] = False,
    until_caught_up: Annotated[bool, Parameter(help="End once the present is reached.")] = False,
) -> None:
    """Import the UCI Online Retail year, play its last week, and show it all on a page."""
    clock = SystemClock()
    with plainly(), opened(data) as (database, workspace, stated):
        inbox = stated.inbox_port or _INBOX_PORT
        smtp = stated.smtp_url or f"smtp://127.0.0.1:{inbox}"
        settings = msgspec.structs.replace(stated, port=port or stated.port, inbox_port=inbox, smtp_url=smtp)
        around = Around(
            kinds=KINDS,
            serve=lambda: serving(settings, roles_for(settings, None)),
            write_key=lambda tx: create_key(tx, workspace.id, "write", clock.now()),
            login_link=lambda tx: create_login_link(tx, workspace.id, settings, clock.now()),
        )
        run(
            database,
            workspace,
            settings,
            Options(rate=rate, fast=fast, until_caught_up=until_caught_up),
            around,
            clock,
            Say(Console()),
        )
