"""How much segments have in common."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Malformed, NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("overlap.sql"))
_MOST = 12


class Share(Struct, frozen=True, kw_only=True):
    """One of the segments: its members, and those who are in none of the others."""

    key: str
    members: int
    only_here: int


class Both(Struct, frozen=True, kw_only=True):
    """Two of them. `jaccard` is the part of the people in either who are in both: 0 to 1 (Jaccard 1912)."""

    left: str
    right: str
    members: int
    jaccard: float


class Region(Struct, frozen=True, kw_only=True):
    """People who are in exactly these segments: one field of a Venn diagram."""

    keys: list[str]
    members: int


class Overlap(Struct, frozen=True, kw_only=True):
    """Segments in the order asked for, every pair of them, and every field that is not empty, the largest first."""

    members: int
    """People in any of them."""
    segments: list[Share]
    pairs: list[Both]
    regions: list[Region]


def overlap(tx: Transaction, workspace_id: WorkspaceId, keys: Sequence[str]) -> Overlap:
    """Compare 2 to 12 segments as they are now: one query, whatever their number. Raises Malformed, NotFound."""
    keys = list(dict.fromkeys(key.strip() for key in keys if key.strip()))
    if not 2 <= len(keys) <= _MOST:
        raise Malformed(f"Name 2 to {_MOST} segments, like keys=vip,newcomers.", path="keys")
    fields: dict[frozenset[str], int] = {}
    for missing, found, members in _queries.tuples(tx, "fields", workspace_id=workspace_id, keys=keys):
        if missing:
            raise NotFound(f"There is no segment “{missing}”.", path="keys")
        fields[frozenset(found)] = members
    sizes = {key: sum(n for some, n in fields.items() if key in some) for key in keys}
    regions = sorted(fields.items(), key=lambda one: (-one[1], sorted(one[0])))
    return Overlap(
        members=sum(fields.values()),
        segments=[Share(key=key, members=sizes[key], only_here=fields.get(frozenset((key,)), 0)) for key in keys],
        pairs=[_both(one, other, sizes, fields) for one, other in combinations(keys, 2)],
        regions=[Region(keys=[key for key in keys if key in some], members=n) for some, n in regions],
    )


def _both(one: str, other: str, sizes: dict[str, int], fields: dict[frozenset[str], int]) -> Both:
    common = sum(members for some, members in fields.items() if one in some and other in some)
    either = sizes[one] + sizes[other] - common
    return Both(left=one, right=other, members=common, jaccard=round(common / either, 6) if either else 0.0)
