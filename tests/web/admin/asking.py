"""The admin API of one workspace, asked with an admin key, without a network."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from litestar.testing import TestClient

from hourglass.definitions import Kinds
from hourglass.kernel import Clock, Settings, SystemClock, WorkspaceId
from hourglass.postgres import Database
from hourglass.web import create_key
from hourglass.web.api import Parts, make_application

SHOP = WorkspaceId(1)


@contextmanager
def asking(
    database: Database,
    controllers: Sequence[Any],
    refusal: Callable[[], str | None] = lambda: None,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    kinds: Kinds | None = None,
) -> Generator[TestClient[Any]]:
    """A client of an application with these handlers."""
    with database.transaction() as tx:
        key = create_key(tx, SHOP, "admin", SystemClock().now())
    parts = Parts(
        database=database,
        clock=clock or SystemClock(),
        settings=settings or Settings(),
        kinds=kinds or Kinds([]),
        collect=_no_collect,
        controllers=controllers,
        demo=lambda _: None,
        follow=lambda *_: None,
        refusal=refusal,
    )
    with TestClient(make_application(parts), base_url="http://shop.test") as client:
        client.headers["authorization"] = f"Bearer {key}"
        yield client


async def _no_collect(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(scope, receive, send)
