"""Engagement: how long ago somebody last showed interest, on each channel and altogether.

Interest on a channel is a message opened or clicked by a human; altogether it is that or anything they did in the shop.
Up to 30 days ago is active, up to 90 warm, up to 180 cold, longer dormant; never is who was written to on the channel
(altogether: who is known to us) without any. The steps are a
convention among senders of mail, not a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.sources import DAY, Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words, words

LEVELS: Final[dict[str, Words]] = {
    "active": words("Active", "Активен"),
    "warm": words("Warm", "Тёплый"),
    "cold": words("Cold", "Холодный"),
    "dormant": words("Dormant", "Спит"),
    "never": words("Never", "Никогда"),
}
UP_TO: Final = {"cold": 180, "warm": 90, "active": 30}
"""Days."""
ALTOGETHER = "overall"
_ANSWERS = ("Message Opened", "Message Clicked")


def engagement(sources: Sources, circumstances: Circumstances) -> Frame:
    """The level of everybody, and on each channel of those who were written to."""
    channels = _channels(circumstances)
    last = sources.messages.select("profile_id", **_moments(channels))
    by_channel = last.group_by("profile_id").agg(*(nw.col(name).max() for name in last.columns if name != "profile_id"))
    acts = sources.acts.group_by("profile_id").agg(act=nw.col("at").max())
    people = sources.people.join(by_channel, on="profile_id", how="left").join(acts, on="profile_id", how="left")
    now = circumstances.now
    levels = {name: nw.when(~nw.col(f"sent_{name}").is_null()).then(level(f"answer_{name}", now)) for name in channels}
    both = people.with_columns(interest=nw.max_horizontal("act", "answer"))
    return both.select("profile_id", level("interest", now).alias(ALTOGETHER), **levels)


def level(column: str, now: int) -> nw.Expr:
    """The level that follows from a moment, or from none."""
    days = (nw.lit(now) - nw.col(column)) // DAY
    found = nw.lit("dormant")
    for name, most in UP_TO.items():
        found = nw.when(days <= most).then(nw.lit(name)).otherwise(found)
    return nw.when(nw.col(column).is_null()).then(nw.lit("never")).otherwise(found)


def _moments(channels: tuple[str, ...]) -> Mapping[str, nw.Expr]:
    answer = nw.col("event").is_in(_ANSWERS)
    moments: dict[str, nw.Expr] = {"answer": nw.when(answer).then(nw.col("at"))}
    for name in channels:
        here = nw.col("channel") == name
        moments[f"sent_{name}"] = nw.when(here & ~answer).then(nw.col("at"))
        moments[f"answer_{name}"] = nw.when(here & answer).then(nw.col("at"))
    return moments


def _channels(circumstances: Circumstances) -> tuple[str, ...]:
    return tuple(name for name in circumstances.channels if name != ALTOGETHER)


def _by_channel(circumstances: Circumstances) -> tuple[ComputedTrait, ...]:
    return tuple(
        ComputedTrait(
            name=name, kind="text", words=words(f"engagement by {name}", f"вовлечённость: {name}"), values=LEVELS
        )
        for name in _channels(circumstances)
    )


ENGAGEMENT = Family(
    name="engagement",
    words=words("Engagement", "Вовлечённость"),
    traits=(
        ComputedTrait(
            name=ALTOGETHER, kind="text", words=words("engagement altogether", "вовлечённость в целом"), values=LEVELS
        ),
    ),
    compute=engagement,
    more=_by_channel,
)
