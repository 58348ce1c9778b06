"""The composition root: the only place that knows all parts and puts them together.

The names are looked up when first used: a role process loads only its own parts.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.app.clock import installation_clock
    from hourglass.app.kinds import KINDS
    from hourglass.app.roles import ROLES, roles_for, run_role

__all__ = ["KINDS", "ROLES", "installation_clock", "roles_for", "run_role"]

_ROOMS = {
    "clock": ("installation_clock",),
    "kinds": ("KINDS",),
    "roles": ("ROLES", "roles_for", "run_role"),
}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
