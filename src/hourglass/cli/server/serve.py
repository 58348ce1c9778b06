"""`hourglass serve`: everything in one command, or one role for a larger installation."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

from cyclopts import Parameter

from hourglass.app import ROLES, roles_for
from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import Malformed, Settings, SystemClock, read_settings
from hourglass.supervisor import pack_settings, require_place
from hourglass.web import first_login_link


def serve(
    *,
    data: DataFolder = None,
    port: Annotated[int | None, Parameter(help="Port of the web role.")] = None,
    host: Annotated[str | None, Parameter(help="Address the web role listens on.")] = None,
    role: Annotated[
        list[str] | None, Parameter(help="web, engine, delivery, inbox or returns; all that are set up when left out.")
    ] = None,
) -> None:
    """Serve until stopped. The first start prints a one-time link to sign in by."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with plainly():
        settings = read_settings(data=data, port=port, host=host)
        strange = set(role or ()) - ROLES.keys()
        if strange:
            raise Malformed(f"There is no role “{strange.pop()}”; known: {', '.join(ROLES)}.")
        roles = roles_for(settings, role)
        require_place(settings, roles)
        with opened(settings.data) as (database, workspace, _):
            link = first_login_link(database, workspace.id, settings, SystemClock().now())
        if link:
            print(f"Sign in once by this link (it works one time, for an hour):\n  {link}", flush=True)
        print(f"Hourglass serves {settings.base_url()} (data in {settings.data})", flush=True)
        _become_supervisor(settings, roles)


def _become_supervisor(settings: Settings, roles: list[str]) -> None:
    """Go on as a fresh small process: what the start needed would stay in memory for as long as the server runs."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(pack_settings(settings))
    os.dup2(reading, 0)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "hourglass.cli", "serve-all", *roles])  # noqa: S606
