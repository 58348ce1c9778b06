"""What must have come of a life, told from what was done in it alone, where that leaves no doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from msgspec import Struct

from tests.journeys.lives.life import Life

_UNSURE = ("state", "define", "take_over", "erase", "join", "part")
_ORDERED = {"event": "Order Completed"}


class Call(Struct, frozen=True, kw_only=True):
    """What somebody did, in which round. `known`: under their own name, not that of a device."""

    round: int
    who: str
    known: bool
    event: str
    message_id: str


def entries_owed(life: Life, calls: Sequence[Call]) -> list[set[str]]:
    """Of each of these groups of calls one at least let somebody in."""
    entry = life.document["entry"]
    if any(map(life.does, _UNSURE)) or entry.keys() != {"event"}:
        return []
    came = [call for call in calls if call.event == entry["event"]]
    if life.document["reentry"] == "parallel" and "correlate" not in life.document:
        return [{call.message_id} for call in came]
    if life.does("enter"):
        return []
    firsts: dict[str, list[Call]] = defaultdict(list)
    for call in came:
        firsts[call.who].append(call)
    return [{call.message_id for call in each if call.round == each[0].round} for each in firsts.values()]


def over(life: Life, calls: Sequence[Call], entry: str | None) -> bool:
    """Whether the run that a call began is over, because an order came in a later round."""
    ends = _ORDERED in (life.document.get("exit_when"), life.document.get("goal"))
    began = next((call for call in calls if call.message_id == entry and call.known), None)
    if began is None or not ends or any(map(life.does, _UNSURE)):
        return False
    return any(
        call.round > began.round and call.known and (call.who, call.event) == (began.who, "Order Completed")
        for call in calls
    )


def missing(owed: Sequence[set[str]], entries: Collection[str | None]) -> list[set[str]]:
    """Those of which none let anybody in."""
    return [group for group in owed if group.isdisjoint(one for one in entries if one is not None)]
