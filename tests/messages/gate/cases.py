"""A message against which nothing speaks, unless told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hourglass.messages.gate.case import Case, Said
from hourglass.messages.gate.gate import hear
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.policy.cap import Had
from hourglass.messages.policy.document import Policy, read_policy
from tests.messages.shop import NOW

YES = Said(granted=True, at=NOW, source="form")
NO = Said(granted=False, at=NOW, source="page")


def policy(**rules: Any) -> Policy:
    """The default policy with these rules."""
    return read_policy({"kind": "policy", "key": "default", **rules})


def case(
    *,
    kind: str = "marketing",
    channel: str = "email",
    topic: str = "news",
    created_at: datetime = NOW,
    rules: dict[str, Any] | None = None,
    zone: str = "UTC",
    **facts: Any,
) -> Case:
    """A case; `facts` are fields of it, `rules` those of the policy."""
    claim = Claim(
        workspace_id=1, id=1, profile_id=1, channel=channel, template="hello", topic=topic,
        message_class=kind,  # type: ignore[arg-type]
        facts={}, created_at=created_at, attempts=1,
    )  # fmt: skip
    told: dict[str, Any] = {
        "claim": claim, "policy": policy(**rules or {}), "zone": ZoneInfo(zone), "home": ZoneInfo("UTC"), "person": 1,
        "address": "anna@customers.example", "said": YES, "had": [], "coming": {}, "rooms": {},
    }  # fmt: skip
    return Case(**told | facts)


def had(*moments: datetime, channel: str = "email", **facts: Any) -> list[Had]:
    """Messages that reached the person."""
    return [Had(at=at, channel=channel, topic="news", **facts) for at in moments]


def refusal(one: Case, now: datetime = NOW) -> str | None:
    """The reason, or None: it may go."""
    return hear(one, now).reason


def reasons(cases: Sequence[Case]) -> list[str | None]:
    """The reasons of several."""
    return [refusal(one) for one in cases]
