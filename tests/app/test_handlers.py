"""The whole application stands, and nothing in it leans on what the framework will take away."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from litestar.exceptions import LitestarWarning

from hourglass.app import KINDS
from hourglass.app.web import HANDLERS
from hourglass.kernel import Settings, SystemClock
from hourglass.postgres import Database
from hourglass.web.api import Parts, make_application


async def _no_collect(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(scope, receive, send)


def test_every_handler_says_where_its_arguments_come_from(data: Path) -> None:
    """`Given[...]`, `FromPath[...]`, `FromQuery[...]` or `JSONBody[...]`."""
    parts = Parts(
        database=Database("postgresql:///nowhere"),
        clock=SystemClock(),
        settings=Settings(data=data),
        kinds=KINDS,
        collect=_no_collect,
        controllers=HANDLERS,
        demo=lambda _: None,
        follow=lambda *_: None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error", LitestarWarning)
        make_application(parts)
