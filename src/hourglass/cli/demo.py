"""`hourglass demo`: a real shop's year, and its last week played live."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated

import msgspec
from cyclopts import Parameter

from hourglass.app import roles_for
from hourglass.app.kinds import KINDS
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.demo import Around, Options, Say, run
from hourglass.kernel import Settings, SystemClock, WorkspaceId
from hourglass.postgres import Transaction
from hourglass.supervisor import pack_settings
from hourglass.web.auth import create_key, create_login_link
from hourglass.web.probe import await_health

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
    with plainly(), opened(data) as (database, workspace, stated):
        inbox = stated.inbox_port or _INBOX_PORT
        smtp = stated.smtp_url or f"smtp://127.0.0.1:{inbox}"
        settings = msgspec.structs.replace(stated, port=port or stated.port, inbox_port=inbox, smtp_url=smtp)
        around = Around(
            kinds=KINDS,
            serve=_serving(settings),
            write_key=_key_of(workspace.id),
            login_link=lambda tx: create_login_link(tx, workspace.id, settings, SystemClock().now()),
            base_url=settings.base_url(),
        )
        options = Options(rate=rate, fast=fast, until_caught_up=until_caught_up)
        run(database, workspace, settings, options, around, SystemClock(), Say())


def _key_of(workspace_id: WorkspaceId) -> Callable[[Transaction], str]:
    return lambda tx: create_key(tx, workspace_id, "write", SystemClock().now())


def _serving(settings: Settings) -> Callable[[], AbstractContextManager[None]]:
    """The whole server as a process of its own beside the demo."""

    @contextmanager
    def serve() -> Generator[None]:
        command = [sys.executable, "-m", "hourglass.cli", "serve-all", *roles_for(settings, None)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as server:
            assert server.stdin is not None
            server.stdin.write(pack_settings(settings))
            server.stdin.close()
            try:
                await_health(settings, server.poll)
                yield
            finally:
                server.terminate()

    return serve
