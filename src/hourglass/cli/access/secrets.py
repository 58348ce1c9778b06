"""`secrets`: keys and passwords of providers; set and forgotten here, never shown."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

from cyclopts import App, Parameter

from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import SystemClock
from hourglass.secrets import SecretLine, list_secrets, open_vault, put_secret, remove_secret, seal_anew

SECRETS = App(name="secrets", help="Keys and passwords of providers, encrypted at rest; never shown again.")
Name = Annotated[str, Parameter(help="Its name, as documents refer to it: {secret: NAME}.")]


@SECRETS.command(name="set")
def put(name: Name, *, data: DataFolder = None) -> None:
    """Set or replace a secret; its text is asked for, or read from a pipe, and never an argument."""
    text = getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.read()
    with plainly(), opened(data) as (database, workspace, settings), database.transaction() as tx:
        vault, now = open_vault(settings), SystemClock().now()
        print(_line(put_secret(tx, vault, workspace.id, name, text.rstrip("\r\n"), author=getpass.getuser(), now=now)))


@SECRETS.command(name="list")
def show(*, data: DataFolder = None) -> None:
    """Every secret by name: when it was set and by whom, and which documents need it."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for line in list_secrets(tx, workspace.id):
            print(_line(line))


@SECRETS.command
def remove(name: Name, *, data: DataFolder = None) -> None:
    """Forget a secret that no document needs."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        remove_secret(tx, workspace.id, name)
        print(f"{name} is forgotten")


@SECRETS.command
def rotate(*, data: DataFolder = None) -> None:
    """Encrypt every secret with a new key; the old key opens nothing any more.

    Where HOURGLASS_SECRETS_KEY says the key, put the new one in front (`NEW,OLD`), rotate, then leave the old one out.
    """
    with plainly(), opened(data) as (database, _, settings):
        vault = open_vault(settings)
        vault.add_key()
        with database.transaction() as tx:
            sealed = seal_anew(tx, vault)
        vault.drop_old_keys()
        print(f"{sealed} secrets encrypted with the new key")


def _line(line: SecretLine) -> str:
    users = ", ".join(line.used_by) or "nobody needs it yet"
    return f"{line.name}  set {line.updated_at:%Y-%m-%d %H:%M} UTC by {line.author}  {users}"
