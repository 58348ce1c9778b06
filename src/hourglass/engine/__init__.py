"""The tick, the workers that run it, and the supervisor that runs the roles.

The names are looked up when first used, so that the supervisor stays a small process without frames and drivers.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hourglass.engine.handover import stop_signal, unpack_settings
    from hourglass.engine.serving import Serving, read_serving
    from hourglass.engine.supervisor import Supervisor
    from hourglass.engine.tick import Engine, TickReport
    from hourglass.engine.worker import EngineWorker
    from hourglass.engine.workspaces import list_workspaces

__all__ = [
    "Engine",
    "EngineWorker",
    "Serving",
    "Supervisor",
    "TickReport",
    "list_workspaces",
    "read_serving",
    "stop_signal",
    "unpack_settings",
]

_ROOMS = {
    "handover": ("stop_signal", "unpack_settings"),
    "serving": ("Serving", "read_serving"),
    "supervisor": ("Supervisor",),
    "tick": ("Engine", "TickReport"),
    "worker": ("EngineWorker",),
    "workspaces": ("list_workspaces",),
}


def __getattr__(name: str) -> Any:
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"hourglass.engine.{room}"), name)
    raise AttributeError(name)
