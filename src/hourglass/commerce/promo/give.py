"""Gives codes away, each to one person at most, those first that end first; and says when a pool runs low."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("give.sql"))
_FEW = 500
_TIMES = 9
Supply = Literal["enough", "low", "empty"]


class Taker(Struct, frozen=True, kw_only=True):
    """Who gets a code: a run, at one of its visits to a step, and its person."""

    run_id: int
    visit: str
    profile_id: int


class GivenCode(Struct, frozen=True, kw_only=True):
    """A code, and until when it is good (exclusive); None: for ever."""

    code: str
    expires_at: datetime | None


class Given(Struct, frozen=True, kw_only=True):
    """A code for each taker, in their order, None when none was left; and how the pool stands after it."""

    codes: list[GivenCode | None]
    supply: Supply


def give(
    tx: Transaction,
    workspace: Workspace,
    pool: str,
    takers: Sequence[Taker],
    now: datetime,
    good_for: timedelta | None = None,
) -> Given:
    """A code for each, good for `good_for` at most, whole days to the end of the last.

    A transaction that is rolled back gave nothing away.
    """
    place = {"workspace_id": workspace.id, "pool": pool}
    free = [row[0] for row in _queries.tuples(tx, "free", **place, now=now, most=len(takers))]
    lucky = takers[: len(free)]
    given: list[GivenCode] = []
    if lucky:
        ends = dict(
            _queries.tuples(
                tx,
                "give",
                **place,
                now=now,
                span=good_for,
                zone=workspace.zone,
                codes=free,
                runs=[one.run_id for one in lucky],
                visits=[one.visit for one in lucky],
                people=[one.profile_id for one in lucky],
            )
        )
        given = [GivenCode(code=code, expires_at=ends[code]) for code in free]
    lacking = len(takers) - len(free)
    supply = "empty" if lacking else _supply(tx, place, now)
    return Given(codes=[*given, *[None] * lacking], supply=supply)


def _supply(tx: Transaction, place: Mapping[str, int | str], now: datetime) -> Supply:
    """Low is when no more than a tenth is left, 500 at most; counted no further than it takes to know."""
    left = _queries.scalar(tx, "count_left", **place, now=now, most=_FEW + 1)
    if left > _FEW:
        return "enough"
    many = left * _TIMES
    return "low" if _queries.scalar(tx, "count_given", **place, most=many) >= many else "enough"


def give_back(tx: Transaction, workspace_id: WorkspaceId, runs: Collection[int]) -> None:
    """The codes of runs that came to nothing before they began are free again."""
    if runs:
        _queries.execute(tx, "give_back", workspace_id=workspace_id, runs=sorted(runs))
