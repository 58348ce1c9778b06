"""`users`: who may sign in, and what they may do."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from hourglass.cli.opening import DataFolder, opened, plainly
from hourglass.kernel import AccessRole, Rights, SystemClock, read_settings
from hourglass.web import User, create_login_link, create_user, list_users, remove_user, set_rights

USERS = App(name="users", help="People who work with Hourglass: owner, marketer, analyst or operator.")
_Number = Annotated[int, Parameter(help="Their number, as `users list` shows it.")]
_Exports = Annotated[bool, Parameter(help="Whether an analyst may export people.", negative="")]


@USERS.command
def add(name: str, *, role: AccessRole, exports: _Exports = False, locale: str = "en", data: DataFolder = None) -> None:
    """Add somebody and print the link that signs them in, once, within an hour."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        number = create_user(tx, workspace.id, name, Rights(role=role, exports=exports), locale)
        settings, now = read_settings(data=data), SystemClock().now()
        print(create_login_link(tx, workspace.id, settings, now, user_id=number))


@USERS.command(name="list")
def show(*, data: DataFolder = None) -> None:
    """Everybody who may sign in: number, role, name."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        for user in list_users(tx, workspace.id):
            print(_line(user))


@USERS.command(name="role")
def change(number: _Number, role: AccessRole, *, exports: _Exports = False, data: DataFolder = None) -> None:
    """Give somebody another role; it counts from their next request."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        print(_line(set_rights(tx, workspace.id, number, Rights(role=role, exports=exports))))


@USERS.command
def remove(number: _Number, *, data: DataFolder = None) -> None:
    """Take somebody's access away at once; the last owner stays."""
    with plainly(), opened(data) as (database, workspace, _), database.transaction() as tx:
        remove_user(tx, workspace.id, number)


def _line(user: User) -> str:
    may = f"{user.role}{' + exports' if user.exports else ''}"
    return f"{user.id:>4}  {may:<18}  {user.name}  since {user.created_at:%Y-%m-%d}"
