"""Files that messages carry, kept in the workspace: pictures shown inside them, and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.channels import Attachment
from hourglass.definitions import in_use
from hourglass.kernel import Malformed, NotFound, TooLarge, WorkspaceId
from hourglass.messages.content.users import users_of_asset
from hourglass.postgres import Queries, Transaction

LARGEST = 5 * 1024 * 1024
ALTOGETHER = 200 * 1024 * 1024
# The first octets of each type that may be kept, as far as it has any; what could run in a browser is none of them.
TYPES: dict[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
    "text/plain": (b"",),
    "text/csv": (b"",),
    "text/calendar": (b"BEGIN:VCALENDAR",),
}
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_queries = Queries(Path(__file__).with_name("assets.sql"))


class Asset(Struct, frozen=True, kw_only=True):
    """A stored file without its content; `size` in octets."""

    key: str
    media_type: str
    size: int
    updated_at: datetime


def put_asset(
    tx: Transaction, workspace_id: WorkspaceId, key: str, media_type: str, content: bytes, now: datetime
) -> Asset:
    """Keep a file, or replace it. Raises Malformed for what may not be kept, TooLarge over a limit."""
    told = media_type.partition(";")[0].strip().lower()
    if not _KEY.fullmatch(key):
        raise Malformed("A file is named with a-z, 0-9, dot, dash and underscore, 100 at most.", path="key")
    if told not in TYPES:
        raise Malformed(f"Files are {', '.join(TYPES)}; not “{told}”.", path="content-type")
    if not content or not content.startswith(TYPES[told]):
        raise Malformed(f"The file does not begin as {told} does.", path="body")
    if len(content) > LARGEST:
        raise TooLarge(f"A file has {LARGEST // 1024 // 1024} MB at most.", path="body")
    if int(_queries.scalar(tx, "used", workspace_id=workspace_id, key=key)) + len(content) > ALTOGETHER:
        raise TooLarge(f"All files together have {ALTOGETHER // 1024 // 1024} MB at most.", path="body")
    _queries.execute(tx, "put", workspace_id=workspace_id, key=key, media_type=told, content=content, now=now)
    _queries.execute(tx, "bump", workspace_id=workspace_id)
    return Asset(key=key, media_type=told, size=len(content), updated_at=now)


def list_assets(tx: Transaction, workspace_id: WorkspaceId) -> list[Asset]:
    """All files, by key."""
    return _queries.rows(tx, "list", Asset, workspace_id=workspace_id)


def remove_asset(tx: Transaction, workspace_id: WorkspaceId, key: str) -> None:
    """Forget a file. Raises NotFound, and Conflict while live content carries it."""
    if users := users_of_asset(tx, workspace_id, key):
        raise in_use(f"file “{key}”", users)
    if not _queries.execute(tx, "remove", workspace_id=workspace_id, key=key):
        raise NotFound(f"There is no file “{key}”.")
    _queries.execute(tx, "bump", workspace_id=workspace_id)


def read_assets(tx: Transaction, workspace_id: WorkspaceId, keys: Iterable[str]) -> dict[str, Attachment]:
    """The files of these keys, with their contents; those that are not there are left out."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    rows = _queries.tuples(tx, "contents", workspace_id=workspace_id, keys=wanted)
    return {key: Attachment(name=key, media_type=kind, content=bytes(content)) for key, kind, content in rows}


def read_asset(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Attachment:
    """One file. Raises NotFound."""
    found = read_assets(tx, workspace_id, [key])
    if key not in found:
        raise NotFound(f"There is no file “{key}”.")
    return found[key]
