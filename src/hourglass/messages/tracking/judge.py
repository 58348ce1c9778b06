"""Person, proxy or scanner: judged by all hits on one message together, some seconds after they came.

One request alone often looks human: scanners borrow the names of browsers. What gives them away is haste (before a
person could have seen the mail, or through several links within a breath) and the link that no person sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from hourglass.messages.tracking.agents import agent_of
from hourglass.messages.tracking.hit import By, Hit


class Haste(Struct, frozen=True, kw_only=True):
    """So many different links within such a span are no person's doing."""

    links: int
    within: timedelta


HASTE = (
    Haste(links=2, within=timedelta(seconds=0.7)),
    Haste(links=3, within=timedelta(seconds=2.5)),
    Haste(links=5, within=timedelta(seconds=8)),
)
FIRST_OPEN = timedelta(seconds=1)
"""Nobody has opened a mail so soon after it was handed over."""
FIRST_CLICK = timedelta(seconds=3)
"""Nobody has read it and chosen a link so soon."""
NEAR = timedelta(seconds=60)
"""How long the same machine goes on with the same message."""


def judge(hits: Sequence[Hit], sent_at: datetime | None) -> list[By]:
    """Who each hit was by, in their order; all are about one message. `sent_at`: handed over; None: not known."""
    hasty = _hasty(hits)
    sure: list[By] = [_alone(hit, sent_at) for hit in hits]
    machines = [hit for place, hit in enumerate(hits) if place in hasty or _gives_away(hit, sent_at)]
    judged: list[By] = []
    for place, hit in enumerate(hits):
        if place in hasty or (sure[place] == "human" and _is_one_of(hit, machines)):
            judged.append("scanner")
        else:
            judged.append(sure[place])
    return judged


def _alone(hit: Hit, sent_at: datetime | None) -> By:
    """What one request says by itself. A proxy for pictures follows no links: that is something else under its name."""
    if hit.kind == "trap" or hit.method != "GET":
        return "scanner"
    agent = agent_of(hit.user_agent)
    if agent == "proxy":
        return "proxy" if hit.kind == "open" else "scanner"
    return "scanner" if _too_soon(hit, sent_at) else agent


def _too_soon(hit: Hit, sent_at: datetime | None) -> bool:
    if sent_at is None:
        return False
    return hit.at - sent_at < (FIRST_OPEN if hit.kind == "open" else FIRST_CLICK)


def _gives_away(hit: Hit, sent_at: datetime | None) -> bool:
    """So surely a machine that whatever comes from the same place around that moment is it, too."""
    return hit.kind == "trap" or hit.method == "HEAD" or (hit.kind == "click" and _too_soon(hit, sent_at))


def _is_one_of(hit: Hit, machines: Sequence[Hit]) -> bool:
    return any(
        hit.ip == one.ip and hit.user_agent == one.user_agent and abs(hit.at - one.at) <= NEAR for one in machines
    )


def _hasty(hits: Sequence[Hit]) -> set[int]:
    """Places of the clicks that belong to a burst, whatever names and addresses they came under."""
    clicks = sorted((hit.at, place) for place, hit in enumerate(hits) if hit.kind in ("click", "trap"))
    found: set[int] = set()
    for first, (start, _) in enumerate(clicks):
        for haste in HASTE:
            burst = [place for at, place in clicks[first:] if at - start <= haste.within]
            if len({hits[place].url for place in burst}) >= haste.links:
                found |= set(burst)
    return found
