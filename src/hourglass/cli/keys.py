"""`keys` and `login-link`: who may come in."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import SystemClock, read_settings
from hourglass.web import create_key, create_login_link

KEYS = App(name="keys", help="API keys: `write` for events, `admin` for the admin API.")


@KEYS.command
def create(kind: Literal["write", "admin"], *, data: DataFolder = None) -> None:
    """Make a key and print it; it is shown this once."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        print(create_key(tx, workspace.id, kind, SystemClock().now()))


def login_link(*, data: DataFolder = None) -> None:
    """Print a link that signs one person in, once, within an hour."""
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        del settings
        print(create_login_link(tx, workspace.id, read_settings(data=data), SystemClock().now()))
