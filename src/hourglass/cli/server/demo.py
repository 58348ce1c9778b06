"""`hourglass demo`: a real shop's year, and its last week played live."""

from __future__ import annotations

import socket
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.console import Console

from hourglass.app import KINDS, roles_for
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.demo import Around, Options, Say, run, serving
from hourglass.kernel import Settings, SystemClock
from hourglass.web import create_key, create_login_link


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
        settings = _with_inbox(msgspec.structs.replace(stated, port=port or stated.port))
        around = Around(
            kinds=KINDS,
            serve=lambda: serving(settings, roles_for(settings, None)),
            write_key=lambda tx: create_key(tx, workspace.id, "write", clock.now()),
            returns=settings.bounce_port,
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


def _with_inbox(settings: Settings) -> Settings:
    """Mail of the demo goes to the development inbox, whatever else is set: its people are made up."""
    port = settings.inbox_port or _free_port()
    return msgspec.structs.replace(
        settings,
        inbox_port=port,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_from="Gift shop <shop@example.com>",
        return_domain="bounce.example.com",
        bounce_port=settings.bounce_port or _free_port(),
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]
