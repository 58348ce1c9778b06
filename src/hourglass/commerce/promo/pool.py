"""Pools of promo codes: imported as lists, each code good for as long as its list says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Malformed, NotFound, WorkspaceId, parse_duration
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("pool.sql"))
_LONGEST = 100
_KEY = 80
_YEARS = timedelta(days=3660)


class PromoPool(Struct, frozen=True, kw_only=True):
    """A pool by its key. `left` can still be given away; `given` were, of which `redeemed` were used in time.

    `expired`: never given away, and it is too late now; `revoked`: withdrawn.
    """

    pool: str
    left: int
    given: int
    redeemed: int
    expired: int
    revoked: int


class PromoCode(Struct, frozen=True, kw_only=True):
    """One code of a pool, and what became of it. `expires_at`: when it ends, None for never."""

    code: str
    given_at: datetime | None
    expires_at: datetime | None
    redeemed_at: datetime | None
    revoked_at: datetime | None
    order_id: str | None


class PromoAdded(Struct, frozen=True, kw_only=True):
    """What an import came to: `known` were in the pool before, or stood in the list twice."""

    added: int
    known: int


class Validity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long codes are good: from a moment, until a moment (exclusive), for a span since each was given away."""

    valid_from: datetime | None = None
    valid_until: datetime | None = None
    valid_for: str | None = None
    """Like 14d."""

    def span(self) -> timedelta | None:
        """As a span. Raises Malformed."""
        return None if self.valid_for is None else read_span(self.valid_for, "valid_for")


ALWAYS = Validity()


def read_span(told: str, path: str) -> timedelta:
    """How long a code is good once somebody has it. Raises Malformed."""
    span = parse_duration(told, path)
    if not timedelta() < span <= _YEARS:
        raise Malformed("A code is good for a span like 14d, ten years at most.", path=path)
    return span


def add_codes(
    tx: Transaction,
    workspace_id: WorkspaceId,
    pool: str,
    codes: Iterable[str],
    now: datetime,
    validity: Validity = ALWAYS,
) -> PromoAdded:
    """Put codes into a pool, which comes to be with them. Raises Malformed for no code, or one that is never good."""
    if not pool or len(pool) > _KEY:
        raise Malformed(f"A pool has a key of 1 to {_KEY} letters.", path="pool")
    listed = [code.strip() for code in codes if code.strip()]
    if long := next((code for code in listed if len(code) > _LONGEST or "\0" in code), None):
        raise Malformed(f"“{long[:40]}…” is no code: {_LONGEST} letters at most.", path="codes")
    _check(validity, now)
    added = _queries.execute(
        tx,
        "add_codes",
        workspace_id=workspace_id,
        pool=pool,
        codes=listed,
        now=now,
        since=validity.valid_from,
        until=validity.valid_until,
        span=validity.span(),
    )
    return PromoAdded(added=added, known=len(listed) - added)


def _check(validity: Validity, now: datetime) -> None:
    since, until = validity.valid_from, validity.valid_until
    if any(moment is not None and moment.tzinfo is None for moment in (since, until)):
        raise Malformed("Say the offset too, as in 2026-12-31T23:00:00+05:00.", path="valid_until")
    if until is not None and until <= now:
        raise Malformed("These codes would have ended already; `valid_until` lies in the past.", path="valid_until")
    if since is not None and until is not None and until <= since:
        raise Malformed("`valid_until` has to come after `valid_from`.", path="valid_until")


def codes_in(text: str) -> Iterator[str]:
    """The codes of a file: one a line, or the first column of a CSV file."""
    for line in text.removeprefix("\ufeff").splitlines():
        if code := line.replace(";", ",").replace("\t", ",").split(",")[0].strip().strip('"').strip():
            yield code


def promo_pools(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> list[PromoPool]:
    """Every pool with how many codes are left."""
    return _queries.rows(tx, "pools", PromoPool, workspace_id=workspace_id, now=now)


def codes_of(tx: Transaction, workspace_id: WorkspaceId, pool: str) -> list[PromoCode]:
    """Every code of a pool, as the shop has to know them, the oldest first."""
    return _queries.rows(tx, "codes", PromoCode, workspace_id=workspace_id, pool=pool)


def revoke_codes(
    tx: Transaction, workspace_id: WorkspaceId, pool: str, codes: Sequence[str] | None, now: datetime
) -> int:
    """Withdraw codes, or the whole pool with None: nobody gets them any more, and those given away are good no longer.

    Those that were used stay as they are. Returns how many; raises NotFound for a pool, or a code that is not in it.
    """
    strange = _queries.tuples(tx, "strangers", workspace_id=workspace_id, pool=pool, codes=codes)
    if strange:
        word = strange[0][0]
        raise NotFound(f"There is no pool “{pool}”." if word is None else f"There is no code “{word}” in “{pool}”.")
    return _queries.execute(tx, "revoke", workspace_id=workspace_id, pool=pool, codes=codes, now=now)
