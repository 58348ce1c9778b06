"""A shop with people, lists and segments, for tests of membership."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from hourglass import audience
from hourglass.kernel import Workspace
from tests.engine.shop import SHOP, Shop

WORKSPACE = Workspace(id=SHOP, key="default", name="Default", currency="EUR", zone="UTC", locale="en")


def a_list(key: str = "vip", **more: Any) -> dict[str, Any]:
    return {"kind": "segment", "key": key, "name": key.title(), "list": True} | more


def a_segment(key: str, when: Any) -> dict[str, Any]:
    return {"kind": "segment", "key": key, "name": key.title(), "when": when}


def known(shop: Shop, *users: str, **traits: Any) -> None:
    """Contacts with an address of their own."""
    for user in users:
        said = {"email": f"{user}@example.com"} | traits
        shop.send({"type": "identify", "userId": user, "traits": said})
    shop.tick()


def load(shop: Shop, content: str | bytes, key: str = "vip", **options: Any) -> tuple[audience.ImportReport, list[Any]]:
    """Import a file; the report and the lines that were missed."""
    missed: list[audience.Miss] = []
    raw = content.encode() if isinstance(content, str) else content
    settings: dict[str, Any] = {"columns": {}, "create": False, "source": "people.csv", "author": "ann"} | options
    with shop.database.transaction() as tx:
        report = audience.import_list(
            tx, SHOP, key, BytesIO(raw), now=shop.clock.now(), partitions=1, refuse=missed.append, **settings
        )
    return report, [(one.line, one.reason) for one in missed]


def change(shop: Shop, act: Callable[..., Any], key: str = "vip", *, author: str = "ann", **whom: Any) -> Any:
    """Add or remove: `people`, `users`, `segment`."""
    named = [audience.Named(kind="user_id", value=user) for user in whom.pop("users", ())]
    with shop.database.transaction() as tx:
        asked = audience.Whom(identifiers=named, **whom)
        return act(tx, SHOP, key, asked, author=author, now=shop.clock.now())


def undo(shop: Shop, key: str = "vip") -> Any:
    with shop.database.transaction() as tx:
        return audience.undo_change(tx, SHOP, key, author="ann", now=shop.clock.now())


def people_in(shop: Shop, key: str) -> set[int]:
    """Profile numbers of the members."""
    found = shop.rows(
        "SELECT m.profile_id FROM segment_members m JOIN definitions d ON d.id = m.segment_id WHERE d.key = %s", key
    )
    return {row[0] for row in found}
