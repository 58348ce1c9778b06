"""Sessions of people in a browser: a cookie for two weeks, of which only the digest is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.web.auth.keys import queries
from hourglass.web.auth.tokens import new_token, token_hash

COOKIE = "hourglass_session"
VALID = timedelta(days=14)


class SessionUser(Struct, frozen=True, kw_only=True):
    """Who sits behind a session."""

    user_id: int
    workspace_id: WorkspaceId
    name: str
    role: str
    exports: bool
    locale: str


def open_session(tx: Transaction, user_id: int, now: datetime) -> str:
    """A new session; the answer goes into the cookie."""
    token = new_token("")
    queries.execute(tx, "forget_sessions", now=now)
    queries.execute(tx, "create_session", hash=token_hash(token), user_id=user_id, now=now, expires_at=now + VALID)
    return token


def find_session(tx: Transaction, token: str, now: datetime) -> SessionUser | None:
    """Who it is, or None when it ended."""
    return queries.one(tx, "find_session", SessionUser, hash=token_hash(token), now=now)


def end_session(tx: Transaction, token: str) -> None:
    """Sign out."""
    queries.execute(tx, "end_session", hash=token_hash(token))
