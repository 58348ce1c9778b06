"""Users: the people who work with Hourglass, each with an access role. One owner always stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import AccessRole, Conflict, Malformed, NotFound, Rights, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("users.sql"))
_LONGEST = 100
_LOCALES = ("en", "ru")


class User(Struct, frozen=True, kw_only=True):
    """Somebody who may sign in."""

    id: int
    name: str
    role: AccessRole
    exports: bool
    """Whether an analyst may export."""
    locale: str
    created_at: datetime


def create_user(tx: Transaction, workspace_id: WorkspaceId, name: str, rights: Rights, locale: str = "en") -> int:
    """A new user; they sign in by a link made for them. Raises Malformed for a name or language that cannot be."""
    if not 1 <= len(name.strip()) <= _LONGEST or not name.isprintable():
        raise Malformed(f"A name is a line of 1 to {_LONGEST} characters.", path="name")
    if locale not in _LOCALES:
        raise Malformed(f"A language is one of {', '.join(_LOCALES)}.", path="locale")
    return _queries.scalar(
        tx,
        "create_user",
        workspace_id=workspace_id,
        name=name.strip(),
        role=rights.role,
        exports=rights.exports,
        locale=locale,
    )


def list_users(tx: Transaction, workspace_id: WorkspaceId) -> list[User]:
    """Everybody who may sign in, in the order in which they came."""
    return _queries.rows(tx, "list_users", User, workspace_id=workspace_id)


def find_user(tx: Transaction, workspace_id: WorkspaceId, user_id: int) -> User:
    """The user of that number. Raises NotFound."""
    for user in list_users(tx, workspace_id):
        if user.id == user_id:
            return user
    raise NotFound(f"There is no user number {user_id}; `hourglass users list` shows them.")


def set_rights(tx: Transaction, workspace_id: WorkspaceId, user_id: int, rights: Rights) -> User:
    """Give a user another role; it counts from their next request. Raises NotFound, or Conflict for the last owner."""
    _keep_an_owner(tx, workspace_id, user_id, stays=rights.role == "owner")
    _queries.execute(tx, "set_rights", workspace_id=workspace_id, id=user_id, role=rights.role, exports=rights.exports)
    return find_user(tx, workspace_id, user_id)


def remove_user(tx: Transaction, workspace_id: WorkspaceId, user_id: int) -> None:
    """Take access away, sessions and links with it. Raises NotFound, or Conflict for the last owner."""
    _keep_an_owner(tx, workspace_id, user_id, stays=False)
    _queries.execute(tx, "remove_user", workspace_id=workspace_id, id=user_id)


def _keep_an_owner(tx: Transaction, workspace_id: WorkspaceId, user_id: int, *, stays: bool) -> None:
    _queries.execute(tx, "hold", workspace_id=workspace_id)
    user = find_user(tx, workspace_id, user_id)
    owners = [one.id for one in list_users(tx, workspace_id) if one.role == "owner"]
    if not stays and owners == [user.id]:
        raise Conflict(f"{user.name} is the only owner. Make somebody else an owner first.")
