"""API keys over HTTP: make, list, revoke."""

from __future__ import annotations

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from hourglass.kernel import AccessRole, Permission, SystemClock, Workspace
from hourglass.postgres import Transaction
from hourglass.web.auth.keys import ApiKey, KeyKind, create_key, list_keys, revoke_key


class WantedKey(Struct, frozen=True, kw_only=True):
    """What the key is to open."""

    kind: KeyKind
    role: AccessRole | None = None
    """For an admin key; left out: owner."""
    exports: bool = False
    """Whether an analyst's key may export."""


class NewKey(Struct, frozen=True, kw_only=True):
    """The key itself, shown this once."""

    key: str


class KeysController(Controller):
    """`/api/keys`. Keys live by the clock of the machine, also where a demo's clock runs."""

    path = "/api/keys"
    tags = ("keys",)

    @get("/", needs=Permission.OWN, sync_to_thread=True)
    def all_keys(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[ApiKey]:
        """Every key there ever was, oldest first; of the key itself only the last four characters."""
        return list_keys(tx, workspace.id)

    @post("/", needs=Permission.OWN, sync_to_thread=True)
    def make(self, tx: Given[Transaction], workspace: Given[Workspace], data: JSONBody[WantedKey]) -> NewKey:
        """Make a key; it is shown this once."""
        now = SystemClock().now()
        return NewKey(key=create_key(tx, workspace.id, data.kind, now, role=data.role, exports=data.exports))

    @post("/{key_id:int}/revoke", needs=Permission.OWN, status_code=200, sync_to_thread=True)
    def revoke(self, tx: Given[Transaction], workspace: Given[Workspace], key_id: FromPath[int]) -> ApiKey:
        """From a second later on it opens nothing."""
        return revoke_key(tx, workspace.id, key_id, SystemClock().now())
