"""Keeps the embedded database and every role running; small on purpose: no frames, no web framework."""

from hourglass.supervisor.handover import pack_settings, stop_signal, unpack_settings
from hourglass.supervisor.place import require_place
from hourglass.supervisor.serving import Serving, read_serving
from hourglass.supervisor.supervisor import Supervisor

__all__ = ["Serving", "Supervisor", "pack_settings", "read_serving", "require_place", "stop_signal", "unpack_settings"]
