"""Secrets over HTTP: set, list, remove. There is no way to read one."""

from __future__ import annotations

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from hourglass.kernel import Permission, Settings, SystemClock, Workspace
from hourglass.postgres import Transaction
from hourglass.secrets.store import SecretLine, list_secrets, put_secret, remove_secret
from hourglass.secrets.vault import open_vault


class SecretText(Struct, frozen=True, kw_only=True):
    """What is to be kept; it never comes back."""

    value: str

    def __repr__(self) -> str:
        return "SecretText()"


class SecretsController(Controller):
    """`/api/secrets`. They live by the clock of the machine, also where a demo's clock runs."""

    path = "/api/secrets"
    tags = ("secrets",)

    @get("/", needs=Permission.OWN, sync_to_thread=True)
    def all_secrets(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[SecretLine]:
        """Names, who set them and when, and which documents need them."""
        return list_secrets(tx, workspace.id)

    @put("/{name:str}", needs=Permission.OWN, sync_to_thread=True)
    def save(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        settings: Given[Settings],
        actor_name: Given[str],
        name: FromPath[str],
        data: JSONBody[SecretText],
    ) -> SecretLine:
        """Set it, or replace it."""
        vault, now = open_vault(settings), SystemClock().now()
        return put_secret(tx, vault, workspace.id, name, data.value, author=actor_name, now=now)

    @delete("/{name:str}", needs=Permission.OWN, sync_to_thread=True)
    def forget(self, tx: Given[Transaction], workspace: Given[Workspace], name: FromPath[str]) -> None:
        """Forget it; refused while a document needs it."""
        remove_secret(tx, workspace.id, name)
