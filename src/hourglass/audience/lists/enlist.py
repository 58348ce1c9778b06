"""People put on lists and taken off by journeys, many at once. No change is noted: each run says so itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass import log
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("enlist.sql"))


class Enlisting(Struct, frozen=True, kw_only=True):
    """One person onto a list, or off it."""

    key: str
    profile_id: int
    add: bool


def enlist(tx: Transaction, workspace_id: WorkspaceId, wanted: Sequence[Enlisting], now: datetime) -> set[str]:
    """Do it, the last word about a person and a list counting; the answer: keys of which there is no list.

    The list is not held for it: an import under way keeps nobody waiting.
    """
    keys = sorted({one.key for one in wanted})
    ids = dict(_queries.tuples(tx, "lists_by_key", workspace_id=workspace_id, keys=keys))
    last = {(ids[one.key], one.profile_id): one.add for one in wanted if one.key in ids}
    moved = 0
    for query, add in (("enlist", True), ("delist", False)):
        pairs = sorted(pair for pair, wish in last.items() if wish is add)
        if pairs:
            lists, people = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            place = {"workspace_id": workspace_id, "lists": lists, "people": people}
            moved += _queries.execute(tx, query, **place, **({"now": now} if add else {}))
    if moved:
        log.wake(tx)  # the next tick tells segments and journeys who moved
    return set(keys) - ids.keys()
