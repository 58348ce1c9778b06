"""One-time links: how the first person comes in, and everybody who lost the way. There is no default password."""

from __future__ import annotations

from datetime import datetime, timedelta

from hourglass.kernel import Rights, Settings, WorkspaceId
from hourglass.postgres import Database, Transaction
from hourglass.web.auth.keys import queries
from hourglass.web.auth.tokens import new_token, token_hash
from hourglass.web.auth.users import create_user

_VALID = timedelta(hours=1)


def create_login_link(
    tx: Transaction, workspace_id: WorkspaceId, settings: Settings, now: datetime, *, user_id: int | None = None
) -> str:
    """A link for this user, or for the workspace's first owner, who is made where there is none."""
    if user_id is None:
        user_id = queries.scalar(tx, "first_owner", workspace_id=workspace_id)
    if user_id is None:
        user_id = create_user(tx, workspace_id, "Owner", Rights(role="owner"))
    token = new_token("")
    queries.execute(tx, "create_link", hash=token_hash(token), user_id=user_id, expires_at=now + _VALID)
    return f"{settings.base_url()}/login?token={token}"


def first_login_link(database: Database, workspace_id: WorkspaceId, settings: Settings, now: datetime) -> str | None:
    """A link for the very first start; None once there are users."""
    with database.transaction() as tx:
        if queries.scalar(tx, "has_users", workspace_id=workspace_id):
            return None
        return create_login_link(tx, workspace_id, settings, now)


def use_login_link(tx: Transaction, token: str, now: datetime) -> int | None:
    """The user it was for; None when it was used or is too old."""
    return queries.scalar(tx, "use_link", hash=token_hash(token), now=now)
