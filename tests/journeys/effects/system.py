"""Another system that journeys call: it answers as it is told and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import msgspec


class Got(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class System:
    """`answers`: (status, JSON) or (status, JSON, headers) in their order; then 200 with an empty object."""

    def __init__(self) -> None:
        self.answers: list[tuple[Any, ...]] = []
        self.got: list[Got] = []
        self.url = ""


@contextmanager
def running() -> Generator[System]:
    system = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            system.got.append(Got(self.command, self.path, headers, body))
            status, answer, *more = system.answers.pop(0) if system.answers else (200, {})
            octets = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        do_GET = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
