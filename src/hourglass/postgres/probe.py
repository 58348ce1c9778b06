"""Ask a PostgreSQL server whether it answers, in its own protocol: no driver is loaded for it."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

_PROTOCOL = 3 << 16


def answers(socket_file: Path, user: str, database: str, timeout: float) -> bool:
    """Whether a new session gets as far as "ready for query" within `timeout` seconds."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(timeout)
            line.connect(str(socket_file))
            line.sendall(_startup(user, database))
            ready = _until_ready(line)
            if ready:
                line.sendall(b"X\0\0\0\4")
            return ready
    except OSError:
        return False


def _startup(user: str, database: str) -> bytes:
    words = ("user", user, "database", database, "application_name", "hourglass-probe")
    body = struct.pack("!i", _PROTOCOL) + b"".join(word.encode() + b"\0" for word in words) + b"\0"
    return struct.pack("!i", len(body) + 4) + body


def _until_ready(line: socket.socket) -> bool:
    while True:
        kind, length = struct.unpack("!ci", _exactly(line, 5))
        _exactly(line, length - 4)
        if kind in (b"Z", b"E"):
            return kind == b"Z"


def _exactly(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = line.recv(length - len(data))
        if not piece:
            raise ConnectionResetError
        data += piece
    return data
