"""Opens and clicks of a send: people and machines apart, and where the clicks led."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("send.sql"))
_HUMAN = "human"


class LinkCount(Struct, frozen=True, kw_only=True):
    """One address that people went to: how many messages brought somebody, how often in all."""

    url: str
    messages: int
    times: int


class Touches(Struct, frozen=True, kw_only=True):
    """`machine_opens` and `machine_clicks` by what did it (proxy, scanner), in times; links by people alone."""

    machine_opens: dict[str, int]
    machine_clicks: dict[str, int]
    links: list[LinkCount]


class _Row(Struct, frozen=True, kw_only=True):
    name: str
    by: str
    url: str
    times: int
    messages: int


def touches(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> Touches:
    """From the events of those who got it."""
    rows = _queries.rows(tx, "touches", _Row, workspace_id=workspace_id, send_id=send_id)
    clicks = [row for row in rows if row.name == "Message Clicked"]
    return Touches(
        machine_opens=_by_machine([row for row in rows if row.name == "Message Opened"]),
        machine_clicks=_by_machine(clicks),
        links=[
            LinkCount(url=row.url, messages=row.messages, times=row.times)
            for row in clicks
            if row.by == _HUMAN and row.url
        ],
    )


def _by_machine(rows: Sequence[_Row]) -> dict[str, int]:
    times: dict[str, int] = {}
    for row in rows:
        if row.by != _HUMAN:
            times[row.by] = times.get(row.by, 0) + row.times
    return times
