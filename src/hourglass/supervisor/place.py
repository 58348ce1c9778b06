"""Whether a server can have its place on this machine: said in a sentence before anything is started."""

from __future__ import annotations

import errno
import socket
from collections.abc import Collection

from hourglass.kernel import Conflict, HourglassError, Malformed, Settings
from hourglass.supervisor.serving import only_one

_LAST = 65535
_NOT_ALLOWED = {errno.EACCES, errno.EPERM}


def require_place(settings: Settings, roles: Collection[str]) -> None:
    """Raises Conflict when another serves the folder or has a port, Malformed when there is no such port or address."""
    with only_one(settings.data):
        require_ports(settings, roles)


def require_ports(settings: Settings, roles: Collection[str]) -> None:
    """The same for the ports alone, of the roles that listen."""
    if "web" in roles:
        _require(settings.host, settings.port, "--port")
    if "inbox" in roles:
        _require("127.0.0.1", settings.inbox_port, "HOURGLASS_INBOX_PORT")
    if "returns" in roles and settings.bounce_port:
        _require(settings.bounce_host, settings.bounce_port, "HOURGLASS_BOUNCE_PORT")


def _require(host: str, port: int, setting: str) -> None:
    if not 0 < port <= _LAST:
        raise Malformed(f"There is no port {port}; give one from 1 to {_LAST} by {setting}.")
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        raise _reason(error, host, port, setting) from error


def _reason(error: OSError, host: str, port: int, setting: str) -> HourglassError:
    if error.errno == errno.EADDRINUSE:
        return Conflict(f"Port {port} on {host} is taken by another program; give another by {setting}.")
    if error.errno in _NOT_ALLOWED:
        return Malformed(f"This user may not listen on port {port}; give one above 1023 by {setting}.")
    return Malformed(f"{host} is no address of this machine ({error.strerror}); 0.0.0.0 listens on all it has.")
