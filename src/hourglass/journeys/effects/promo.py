"""Pools of promo codes: imported as lists, and given away one by one, each code to one person at most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.journeys.steps import Run
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("promo.sql"))
_LONGEST = 100
_KEY = 80


class PromoPool(Struct, frozen=True, kw_only=True):
    """A pool by its key: codes that are left, and those given away."""

    pool: str
    left: int
    given: int


class PromoCode(Struct, frozen=True, kw_only=True):
    """One code of a pool, and when it was given away."""

    code: str
    given_at: datetime | None


class PromoAdded(Struct, frozen=True, kw_only=True):
    """What an import came to: `known` were in the pool before, or stood in the list twice."""

    added: int
    known: int


def add_codes(tx: Transaction, workspace_id: WorkspaceId, pool: str, codes: Iterable[str], now: datetime) -> PromoAdded:
    """Put codes into a pool, which comes to be with them. Raises Malformed for what can be no code."""
    if not pool or len(pool) > _KEY:
        raise Malformed(f"A pool has a key of 1 to {_KEY} letters.", path="pool")
    listed = [code.strip() for code in codes if code.strip()]
    if long := next((code for code in listed if len(code) > _LONGEST or "\0" in code), None):
        raise Malformed(f"“{long[:40]}…” is no code: {_LONGEST} letters at most.", path="codes")
    added = _queries.execute(tx, "add_codes", workspace_id=workspace_id, pool=pool, codes=listed, now=now)
    return PromoAdded(added=added, known=len(listed) - added)


def codes_in(text: str) -> Iterator[str]:
    """The codes of a file: one a line, or the first column of a CSV file."""
    for line in text.removeprefix("\ufeff").splitlines():
        if code := line.replace(";", ",").replace("\t", ",").split(",")[0].strip().strip('"').strip():
            yield code


def promo_pools(tx: Transaction, workspace_id: WorkspaceId) -> list[PromoPool]:
    """Every pool with how many codes are left."""
    return _queries.rows(tx, "pools", PromoPool, workspace_id=workspace_id)


def codes_of(tx: Transaction, workspace_id: WorkspaceId, pool: str) -> list[PromoCode]:
    """Every code of a pool, as the shop has to know them, the oldest first."""
    return _queries.rows(tx, "codes", PromoCode, workspace_id=workspace_id, pool=pool)


def draw(tx: Transaction, workspace_id: WorkspaceId, pool: str, runs: Sequence[Run], now: datetime) -> list[str | None]:
    """A code for each run, in their order; None when none is left. A tick that is rolled back gave nothing away."""
    place = {"workspace_id": workspace_id, "pool": pool}
    codes: list[str | None] = [row[0] for row in _queries.tuples(tx, "free", **place, most=len(runs))]
    lucky = runs[: len(codes)]
    if lucky:
        _queries.execute(
            tx,
            "give",
            **place,
            now=now,
            codes=codes,
            runs=[run.id for run in lucky],
            visits=[run.visit for run in lucky],
            people=[run.profile_id for run in lucky],
        )
    return codes + [None] * (len(runs) - len(codes))


def give_back(tx: Transaction, workspace_id: WorkspaceId, runs: Collection[int]) -> None:
    """The codes of runs that came to nothing before they began are free again."""
    if runs:
        _queries.execute(tx, "give_back", workspace_id=workspace_id, runs=sorted(runs))
