"""The composition root: the only place that knows all parts and puts them together.

The names are looked up when first used: a role process loads only its own parts.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"hourglass.app.{room}"), name)
    raise AttributeError(name)
