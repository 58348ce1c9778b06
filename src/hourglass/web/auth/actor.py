"""Who asks: a program with an admin key, or a person with a session. Nobody else gets past this."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from litestar.connection import ASGIConnection
from msgspec import Struct

from hourglass.kernel import Forbidden, Rights, Unauthorised, WorkspaceId, access_role
from hourglass.postgres import Transaction
from hourglass.web.auth.keys import find_key
from hourglass.web.auth.sessions import COOKIE, find_session

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_HOW = "Sign in by a one-time link (`hourglass login-link`), or send `Authorization: Bearer <admin key>`."


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts, for permission and for the audit."""

    workspace_id: WorkspaceId
    name: str
    rights: Rights
    locale: str = "en"


def authenticate(connection: ASGIConnection[Any, Any, Any, Any], tx: Transaction, now: datetime) -> Actor:
    """The actor behind a request, or Unauthorised; Forbidden for a page elsewhere that uses somebody's session."""
    scheme, _, key = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key:
        return _by_key(tx, key.strip())
    cookie = connection.cookies.get(COOKIE)
    found = find_session(tx, cookie, now) if cookie else None
    if found is None:
        raise Unauthorised(_HOW)
    _demand_same_origin(connection)
    rights = Rights(role=access_role(found.role), exports=found.exports)
    return Actor(workspace_id=found.workspace_id, name=found.name, rights=rights, locale=found.locale)


def _by_key(tx: Transaction, key: str) -> Actor:
    found = find_key(tx, key)
    if found is None:
        raise Unauthorised("This key is not known here, or was revoked.")
    if found.kind != "admin" or found.role is None:
        raise Forbidden("This is a write key; the admin API takes an admin key (`hourglass keys create admin`).")
    rights = Rights(role=found.role, exports=found.exports)
    return Actor(workspace_id=found.workspace_id, name="API key", rights=rights)


def _demand_same_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """A cookie travels with requests that other sites make; those may look at nothing and change nothing."""
    if cast("dict[str, Any]", connection.scope)["method"] in _SAFE:
        return
    # A browser's own word, which no page can forge and no proxy rewrites; only old browsers need the comparison.
    site = connection.headers.get("sec-fetch-site")
    if site is None:
        origin = connection.headers.get("origin")
        same = origin is None or origin.partition("//")[2] == connection.headers.get("host")
    else:
        same = site in {"same-origin", "none"}
    if not same:
        raise Forbidden("This request came from a page of another site; open Hourglass itself and try again there.")
