"""Which live content uses a snippet, a brand or a file: what would lose something if it went away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from hourglass.definitions import Document, live
from hourglass.kernel import WorkspaceId
from hourglass.messages.content.brand import DEFAULT
from hourglass.messages.content.files import named_files
from hourglass.postgres import Transaction

Place = tuple[str, str]
_RENDERED = re.compile(r"""\{%-?\s*render\s+(["'])([\w.-]+)\1""")


def users_of_snippet(tx: Transaction, workspace_id: WorkspaceId, key: str) -> list[Place]:
    """Templates and other snippets that render it."""
    return _users(tx, workspace_id, lambda body: any(key in _rendered(text) for text in _texts(body)), besides=key)


def users_of_brand(tx: Transaction, workspace_id: WorkspaceId, key: str) -> list[Place]:
    """Templates that wear it; those that name none wear the default one."""
    return _users(tx, workspace_id, lambda body: body["kind"] == "template" and body.get("brand", DEFAULT) == key)


def users_of_asset(tx: Transaction, workspace_id: WorkspaceId, key: str) -> list[Place]:
    """Whatever attaches the file or shows it by `cid:`."""
    return _users(tx, workspace_id, lambda body: key in named_files([body]))


def _users(
    tx: Transaction, workspace_id: WorkspaceId, uses: Callable[[Document], bool], besides: str | None = None
) -> list[Place]:
    """`besides`: the snippet of that key is not its own user."""
    return [
        (kind, one.key)
        for kind in ("template", "snippet", "brand")
        for one in live(tx, workspace_id, kind)
        if (kind, one.key) != ("snippet", besides) and uses(one.body)
    ]


def _rendered(text: str) -> set[str]:
    return {found[2] for found in _RENDERED.finditer(text)}


def _texts(part: Any) -> Iterator[str]:
    """Every text of a document, in whatever language or field it stands."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        inside = cast("list[Any]", list(part.values()) if isinstance(part, dict) else part)  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
        for one in inside:
            yield from _texts(one)
