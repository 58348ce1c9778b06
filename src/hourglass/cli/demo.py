"""`hourglass demo`: a real shop's year, its last week live."""

from __future__ import annotations

import socket
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.console import Console

from hourglass.app import KINDS, roles_for
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.demo import Around, Options, Say, run, serving
from hourglass.kernel import Settings, SystemClock, WorkspaceId, read_settings
from hourglass.web import create_key, create_login_link


def demo(
    *,
    data: DataFolder = None,
    port: Annotated[int | None, Parameter(help="Port of the admin page.")] = None,
    host: Annotated[str | None, Parameter(help="Address the server listens on.")] = None,
    rate: Annotated[float, Parameter(help="How many times faster than life the last week runs.")] = 600.0,
    fast: Annotated[bool, Parameter(help="A month of history and one hour live: for CI.")] = False,
    until_caught_up: Annotated[bool, Parameter(help="End once the present is reached.")] = False,
) -> None:
    """Show Hourglass at work on the year of a real gift shop; stop and start it as you like, it goes on."""
    with plainly():
        options = Options(rate=rate, fast=fast, until_caught_up=until_caught_up)
        settings = _with_inbox(read_settings(data=data, port=port, host=host))
        with opened(settings.data) as (database, workspace, _):
            around = _around(settings, workspace.id)
            run(database, workspace, settings, options, around, SystemClock(), Say(Console()))


def _around(settings: Settings, workspace_id: WorkspaceId) -> Around:
    clock = SystemClock()
    return Around(
        kinds=KINDS,
        serve=lambda: serving(settings, roles_for(settings, None)),
        write_key=lambda tx: create_key(tx, workspace_id, "write", clock.now()),
        login_link=lambda tx: create_login_link(tx, workspace_id, settings, clock.now()),
    )


def _with_inbox(settings: Settings) -> Settings:
    """Mail of the demo goes to the development inbox, whatever else is set: it must reach nobody."""
    port = settings.inbox_port or _free_port(settings.host)
    return msgspec.structs.replace(
        settings, inbox_port=port, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="Gift shop <shop@example.com>"
    )


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as door:
        return door.getsockname()[1]
