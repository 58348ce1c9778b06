"""The composition root: the only place that knows all parts and puts them together."""

from hourglass.app.clock import installation_clock
from hourglass.app.roles import ROLES, roles_for, run_role

__all__ = ["ROLES", "installation_clock", "roles_for", "run_role"]
