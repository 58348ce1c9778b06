"""The suppression list as a file: what one installation writes, another reads with channels and reasons."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import TextIO

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.suppressions.keep import Suppression, suppressions
from hourglass.postgres import Transaction

_ADDRESS = ("address", "email", "e-mail", "phone")
_HEAD = ("address", "channel", "reason", "detail", "at", "author")


class Listed(Struct, frozen=True, kw_only=True):
    """Addresses of a file that go to the same channel for the same reason."""

    channel: str
    reason: str
    addresses: list[str]


def listed_in(text: str, channel: str, reason: str) -> list[Listed]:
    """Addresses of a file: one a line, or a CSV file (comma or semicolon) whose first column holds them.

    With a heading, columns may come in any order, and `channel` and `reason` tell of each line; else those given count.
    """
    rows = [[cell.strip() for cell in row] for row in _cells(text.lstrip("\ufeff"))]
    rows = [row for row in rows if any(row)]
    head = [cell.lower() for cell in rows[0]] if rows else []
    named = any(cell in _ADDRESS for cell in head)
    place = {name: head.index(name) for name in ("channel", "reason") if named and name in head}
    at = next((place for place, cell in enumerate(head) if cell in _ADDRESS), 0) if named else 0
    found = [
        (_cell(row, place.get("channel")) or channel, _cell(row, place.get("reason")) or reason, _cell(row, at))
        for row in rows[named:]
    ]
    groups = groupby(sorted(one for one in found if one[2]), key=lambda one: one[:2])
    return [Listed(channel=key[0], reason=key[1], addresses=[one[2] for one in group]) for key, group in groups]


def write_suppressions(tx: Transaction, workspace_id: WorkspaceId, channel: str | None, out: TextIO) -> int:
    """Write the list as CSV, page by page; how many addresses that were."""
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(_HEAD)
    count = 0
    for one in _all(tx, workspace_id, channel):
        lines.writerow((one.address, one.channel, one.reason, one.detail or "", one.at.isoformat(), one.author or ""))
        count += 1
    return count


def _all(tx: Transaction, workspace_id: WorkspaceId, channel: str | None) -> Iterator[Suppression]:
    page = suppressions(tx, workspace_id, channel)
    yield from page.suppressions
    while page.next is not None:
        page = suppressions(tx, workspace_id, channel, cursor=page.next)
        yield from page.suppressions


def _cells(text: str) -> Iterator[Sequence[str]]:
    first = text.partition("\n")[0]
    yield from csv.reader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
