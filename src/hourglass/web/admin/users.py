"""Users over HTTP: who may sign in, and what they may do."""

from __future__ import annotations

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from hourglass.kernel import AccessRole, Permission, Rights, Settings, SystemClock, Workspace
from hourglass.postgres import Transaction
from hourglass.web.auth.links import create_login_link
from hourglass.web.auth.users import User, create_user, find_user, list_users, remove_user, set_rights


class WantedRights(Struct, frozen=True, kw_only=True):
    """What somebody may do; `exports` is for an analyst who may take people out as files."""

    role: AccessRole
    exports: bool = False


class WantedUser(WantedRights, frozen=True, kw_only=True):
    """Somebody who is to sign in."""

    name: str
    locale: str = "en"


class LoginLink(Struct, frozen=True, kw_only=True):
    """Signs one person in, once, within an hour; it is shown this once."""

    link: str


class UsersController(Controller):
    """`/api/users`. Links live by the clock of the machine, also where a demo's clock runs."""

    path = "/api/users"
    tags = ("users",)

    @get("/", needs=Permission.OWN, sync_to_thread=True)
    def all_users(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[User]:
        """Everybody who may sign in."""
        return list_users(tx, workspace.id)

    @post("/", needs=Permission.OWN, sync_to_thread=True)
    def add(self, tx: Given[Transaction], workspace: Given[Workspace], data: JSONBody[WantedUser]) -> User:
        """Add somebody; `/link` lets them in."""
        rights = Rights(role=data.role, exports=data.exports)
        return find_user(tx, workspace.id, create_user(tx, workspace.id, data.name, rights, data.locale))

    @post("/{user_id:int}/role", needs=Permission.OWN, status_code=200, sync_to_thread=True)
    def change(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        user_id: FromPath[int],
        data: JSONBody[WantedRights],
    ) -> User:
        """Another role, from their next request on; the last owner stays one (409)."""
        return set_rights(tx, workspace.id, user_id, Rights(role=data.role, exports=data.exports))

    @post("/{user_id:int}/link", needs=Permission.OWN, status_code=200, sync_to_thread=True)
    def link(
        self, tx: Given[Transaction], workspace: Given[Workspace], settings: Given[Settings], user_id: FromPath[int]
    ) -> LoginLink:
        """A link that signs them in."""
        user = find_user(tx, workspace.id, user_id)
        return LoginLink(link=create_login_link(tx, workspace.id, settings, SystemClock().now(), user_id=user.id))

    @delete("/{user_id:int}", needs=Permission.OWN, sync_to_thread=True)
    def forget(self, tx: Given[Transaction], workspace: Given[Workspace], user_id: FromPath[int]) -> None:
        """Their access ends at once; the last owner stays (409)."""
        remove_user(tx, workspace.id, user_id)
