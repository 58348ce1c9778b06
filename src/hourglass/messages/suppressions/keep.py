"""Addresses that must not be written to: list, add, import, remove. What people do here is noted for ever."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Conflict, Malformed, NotFound, WorkspaceId
from hourglass.messages.gate.address import dialable, mailbox
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("keep.sql"))
_PAGE = 100
_FOR_GOOD = "complained"
"""Who complained is not written to again by mistake."""


class Suppression(Struct, frozen=True, kw_only=True):
    """One address. `author`: who put it there; None where the provider's news did."""

    channel: str
    address: str
    reason: str
    detail: str | None
    at: datetime
    author: str | None


class Suppressions(Struct, frozen=True, kw_only=True):
    """A page of the list by address, and where the next begins."""

    suppressions: list[Suppression]
    next: str | None


class SuppressionImport(Struct, frozen=True, kw_only=True):
    """How many addresses are new on the list; those that cannot be right were left out, a few of them named."""

    added: int
    known: int
    wrong: int
    examples: list[str]


class SuppressionChange(Struct, frozen=True, kw_only=True):
    """What somebody did to the list."""

    channel: str
    address: str
    action: str
    reason: str
    author: str
    at: datetime


def suppressions(
    tx: Transaction, workspace_id: WorkspaceId, channel: str | None = None, text: str = "", cursor: str | None = None
) -> Suppressions:
    """A page of the list; `text` is a part of an address."""
    after = _read(cursor)
    pattern = "%" + text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = _queries.rows(tx, "list", Suppression, workspace_id=workspace_id, channel=channel, pattern=pattern,
                          after_address=after[0], after_channel=after[1], most=_PAGE)  # fmt: skip
    return Suppressions(suppressions=found, next=_write(found[-1]) if len(found) == _PAGE else None)


def suppress(
    tx: Transaction,
    workspace_id: WorkspaceId,
    channel: str,
    addresses: Iterable[str],
    *,
    reason: str,
    author: str,
    now: datetime,
    detail: str | None = None,
) -> SuppressionImport:
    """Put addresses on the list of a channel, one statement for all."""
    told = [address.strip() for address in addresses if address.strip()]
    good = sorted({address.lower() for address in told if _right(address)})
    wrong = [address for address in told if not _right(address)]
    added = 0
    if good:
        added = _queries.execute(tx, "add", workspace_id=workspace_id, channel=channel, addresses=good, reason=reason,
                                 detail=detail, author=author, now=now)  # fmt: skip
    return SuppressionImport(
        added=added, known=len(good) - added, wrong=len(wrong), examples=[address[:100] for address in wrong[:5]]
    )


def release(
    tx: Transaction,
    workspace_id: WorkspaceId,
    channel: str,
    address: str,
    *,
    why: str,
    author: str,
    now: datetime,
    force: bool = False,
) -> None:
    """Take an address off the list. Raises NotFound; Conflict for one that complained, unless forced."""
    place = {"workspace_id": workspace_id, "channel": channel, "address": address.strip().lower()}
    reason = _queries.scalar(tx, "reason", **place)
    if reason is None:
        raise NotFound(f"“{address}” is not on the suppression list of {channel}.")
    if reason == _FOR_GOOD and not force:
        raise Conflict("This person complained about spam. If they asked to be written to again, say so with `force`.")
    _queries.execute(tx, "remove", **place, reason=why, author=author, now=now)


def changes(tx: Transaction, workspace_id: WorkspaceId, most: int = 100) -> list[SuppressionChange]:
    """The latest changes by hand, newest first."""
    return _queries.rows(tx, "changes", SuppressionChange, workspace_id=workspace_id, most=most)


def _right(address: str) -> bool:
    return dialable(address) or mailbox(address) is not None


def _write(last: Suppression) -> str:
    return base64.urlsafe_b64encode(f"{last.address}\n{last.channel}".encode()).decode().rstrip("=")


def _read(cursor: str | None) -> tuple[str, str]:
    if not cursor:
        return "", ""
    try:
        address, channel = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\n")
    except (ValueError, binascii.Error):
        raise Malformed("This cursor is not one of ours; take `next` of the page before.", path="cursor") from None
    return address, channel
