"""What `GET /api/session` answers: who is signed in, where, and how the demo's clock runs."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.kernel import AccessRole, Permission


class SessionPerson(Struct, frozen=True, kw_only=True):
    """Who."""

    name: str
    role: AccessRole
    permissions: list[Permission]
    """What the page may offer them."""
    locale: str


class SessionWorkspace(Struct, frozen=True, kw_only=True):
    """Where."""

    key: str
    name: str
    currency: str
    zone: str
    locale: str


class Demo(Struct, frozen=True, kw_only=True):
    """A demo whose clock stands at `now` and runs `rate` times as fast as life until it has caught up."""

    rate: float
    now: datetime
    caught_up: bool
    generated_share: float
    """Which part of what happens is made up, 0 to 1."""


class Session(Struct, frozen=True, kw_only=True):
    """`demo` is null in a shop of one's own."""

    user: SessionPerson
    workspace: SessionWorkspace
    now: datetime
    demo: Demo | None
