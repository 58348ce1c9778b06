"""Who may do what: the permissions that an endpoint can ask for, and the access roles that have them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, get_args

from msgspec import Struct

from hourglass.kernel.errors import Forbidden

AccessRole = Literal["owner", "marketer", "analyst", "operator"]


class Permission(StrEnum):
    """What an endpoint asks for, in its declaration: `@get("/", needs=Permission.LOOK)`."""

    ANYBODY = "anybody"
    """Nothing: a page for customers, or one that signs people in."""
    LOOK = "look"
    """Read everything but secrets; try out what changes nothing."""
    EXPORT = "export"
    """Take people out as files, or send them elsewhere."""
    DEFINE = "define"
    """Definitions, segments, templates, journeys, campaigns: all that is planned, and its start."""
    CARE = "care"
    """Single people: consents, erasure, merges, suppressions, tasks; and events that failed."""
    OWN = "own"
    """Keys, secrets, users, and how providers are reached."""


ACCESS_ROLES: Mapping[AccessRole, frozenset[Permission]] = {
    "owner": frozenset(Permission),
    "marketer": frozenset((Permission.ANYBODY, Permission.LOOK, Permission.EXPORT, Permission.DEFINE)),
    "analyst": frozenset((Permission.ANYBODY, Permission.LOOK)),
    "operator": frozenset((Permission.ANYBODY, Permission.LOOK, Permission.EXPORT, Permission.CARE)),
}
"""What each may do. An analyst may be allowed to export besides; see `Rights`."""


def access_role(name: str) -> AccessRole:
    """The role of that name, or Forbidden: one that is not known opens nothing."""
    for role in get_args(AccessRole):
        if role == name:
            return role
    raise Forbidden(f"“{name}” is no access role; known: {', '.join(ACCESS_ROLES)}.", path="role")


def who_may(needed: Permission) -> list[str]:
    """Whom a permission is open to, as people read it."""
    extra = ["analyst who may export"] if needed is Permission.EXPORT else []
    return [*(role for role, allowed in ACCESS_ROLES.items() if needed in allowed), *extra]


class Rights(Struct, frozen=True, kw_only=True):
    """What somebody may do: their role, and whether it was said of them that they may export."""

    role: AccessRole
    exports: bool = False

    @property
    def allowed(self) -> frozenset[Permission]:
        """Every permission they have."""
        return ACCESS_ROLES[self.role] | frozenset([Permission.EXPORT] if self.exports else [])

    def demand(self, needed: Permission, what: str = "This") -> None:
        """Forbidden, saying which role would do, when they may not do `what`."""
        if needed not in self.allowed:
            raise Forbidden(
                f"{what} needs the permission “{needed}”, which the access role {self.role} does not have. "
                f"It is open to: {', '.join(who_may(needed))}. An owner can change roles: `hourglass users role`."
            )
