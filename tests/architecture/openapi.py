"""`python -m tests.architecture.openapi FILE`: what `/api/openapi.json` answers; the page's types are made from it."""

import sys
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from hourglass.app import KINDS
from hourglass.app.web import HANDLERS
from hourglass.kernel import Settings, SystemClock
from hourglass.postgres import Database
from hourglass.web.api import Parts, make_application


def openapi() -> bytes:
    """The document as JSON; no database is asked for it."""
    parts = Parts(
        database=Database("postgresql:///nowhere"),
        clock=SystemClock(),
        settings=Settings(),
        kinds=KINDS,
        collect=_no_collect,
        controllers=HANDLERS,
        demo=lambda _: None,
        follow=lambda *_: None,
    )
    with TestClient(make_application(parts)) as client:
        return client.get("/api/openapi.json").content


async def _no_collect(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(scope, receive, send)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(openapi())
