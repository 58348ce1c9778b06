"""`keys` and `login-link`: who may come in."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App, Parameter

from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import AccessRole, SystemClock, read_settings
from hourglass.web import ApiKey, create_key, create_login_link, find_user, list_keys, revoke_key

KEYS = App(name="keys", help="API keys: `write` for events, `admin` for the admin API.")


@KEYS.command
def create(
    kind: Literal["write", "admin"],
    *,
    role: Annotated[AccessRole | None, Parameter(help="What an admin key may do; left out: everything.")] = None,
    exports: Annotated[bool, Parameter(help="Whether an analyst's key may export people.", negative="")] = False,
    data: DataFolder = None,
) -> None:
    """Make a key and print it; it is shown this once."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        print(create_key(tx, workspace.id, kind, SystemClock().now(), role=role, exports=exports))


@KEYS.command(name="list")
def show(*, data: DataFolder = None) -> None:
    """Every key: its number, what it opens, its last four characters, when it was made and taken back."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for key in list_keys(tx, workspace.id):
            print(_line(key))


@KEYS.command
def revoke(
    number: Annotated[int, Parameter(help="Its number, as `keys list` shows it.")], *, data: DataFolder = None
) -> None:
    """Take a key back: within a second it opens nothing any more."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        print(_line(revoke_key(tx, workspace.id, number, SystemClock().now())))


def login_link(
    *,
    user: Annotated[
        int | None, Parameter(help="Whom it signs in, as `users list` numbers them; left out: an owner.")
    ] = None,
    data: DataFolder = None,
) -> None:
    """Print a link that signs one person in, once, within an hour."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        found = None if user is None else find_user(tx, workspace.id, user).id
        settings, now = read_settings(data=data), SystemClock().now()
        print(create_login_link(tx, workspace.id, settings, now, user_id=found))


def _line(key: ApiKey) -> str:
    state = "in use" if key.revoked_at is None else f"revoked {key.revoked_at:%Y-%m-%d %H:%M} UTC"
    may = "" if key.role is None else f"  {key.role}{' + exports' if key.exports else ''}"
    return f"{key.id:>4}  {key.kind:<5}  …{key.hint}  made {key.created_at:%Y-%m-%d %H:%M} UTC  {state}{may}"
