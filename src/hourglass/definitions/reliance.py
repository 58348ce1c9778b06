"""What other documents rely on is not taken away from under them."""

from __future__ import annotations

from collections.abc import Sequence

from hourglass.definitions.kinds import Kinds
from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Transaction

Place = tuple[str, str]
"""Kind and key of a document."""
_NAMED = 5


def keep_relied_on(tx: Transaction, workspace_id: WorkspaceId, kinds: Kinds, kind: str, key: str) -> None:
    """Raise Conflict, naming them, while live documents use this one. `used_by` of the error names all of them."""
    relied_on_by = kinds.named(kind).relied_on_by
    users = [] if relied_on_by is None else relied_on_by(tx, workspace_id, key)
    if users:
        raise in_use(f"{kind} “{key}”", users)


def in_use(what: str, users: Sequence[Place]) -> Conflict:
    """The refusal."""
    named = ", ".join(f"{kind} “{key}”" for kind, key in users[:_NAMED])
    more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
    sentence = f"The {what} is in use by {named}{more}. Change or archive what uses it first."
    return Conflict(sentence, used_by=[f"{kind}/{key}" for kind, key in users])
