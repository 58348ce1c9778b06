"""Favourites: what somebody buys and looks at most, when they are there, and where they answer.

Counts, with ties broken the same way on every engine: a product (from two orders on), category or brand by orders that
hold it, then by pieces, then by alphabet; a category looked at by views, then alphabet; hour and weekday by own acts in
the workspace's zone, then the earlier one; the channel by opened or clicked messages for each one sent, machines left
out, then by their number, then alphabet. A channel on which nothing was ever opened is nobody's favourite.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.sources import Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, words

_VIEWS = ("Product Viewed", "Product Clicked", "Product List Viewed")


def favourites(sources: Sources, circumstances: Circumstances) -> Frame:
    """Everybody who has at least one of them."""
    del circumstances
    found = (
        of_lines(sources.bought, "product_id", from_orders=2).rename({"product_id": "product"}),
        of_lines(sources.bought, "category"),
        of_lines(sources.bought, "brand"),
        _viewed(sources.acts),
        _counted(sources.acts, "hour"),
        _counted(sources.acts, "weekday"),
        channel(sources.messages),
    )
    people = sources.people.select("profile_id")
    for one in found:
        people = people.join(one, on="profile_id", how="left")
    return people


def most(counts: Frame, name: str, weights: Sequence[str]) -> Frame:
    """For each profile_id the one `name` with the greatest weights, compared in their order, then the least name."""
    best = counts
    for weight in weights:
        greatest = best.group_by("profile_id").agg(nw.col(weight).max().alias("greatest"))
        best = best.join(greatest, on="profile_id").filter(nw.col(weight) == nw.col("greatest")).drop("greatest")
    return best.group_by("profile_id").agg(nw.col(name).min())


def of_lines(bought: Frame, name: str, *, from_orders: int = 1) -> Frame:
    """By orders, at least so many, then pieces."""
    told = bought.filter(~nw.col(name).is_null())
    counts = told.group_by("profile_id", name).agg(
        orders=nw.col("order_id").n_unique(), pieces=nw.col("quantity").sum()
    )
    return most(counts.filter(nw.col("orders") >= from_orders), name, ("orders", "pieces"))


def channel(messages: Frame) -> Frame:
    """By answered messages for each one sent."""
    sent = messages.filter(nw.col("event") == "Message Sent")
    written = sent.group_by("profile_id", "channel").agg(sent=nw.len().cast(nw.Int64()))
    answered = messages.filter(nw.col("event").is_in(("Message Opened", "Message Clicked")))
    answers = answered.group_by("profile_id", "channel").agg(answers=nw.col("message").n_unique().cast(nw.Int64()))
    both = written.join(answers, on=["profile_id", "channel"])
    rates = both.filter(nw.col("answers") > 0).with_columns(rate=nw.col("answers") / nw.col("sent"))
    return most(rates, "channel", ("rate", "answers"))


def _viewed(acts: Frame) -> Frame:
    views = acts.filter(nw.col("event").is_in(_VIEWS)).select("profile_id", viewed_category="category")
    return _counted(views, "viewed_category")


def _counted(acts: Frame, name: str) -> Frame:
    told = acts.filter(~nw.col(name).is_null())
    return most(told.group_by("profile_id", name).agg(times=nw.len()), name, ("times",))


FAVOURITES = Family(
    name="favourite",
    words=words("Favourites", "Предпочтения"),
    traits=(
        ComputedTrait(
            name="product", kind="text", words=words("product bought most, its id", "чаще всего покупает товар, его id")
        ),
        ComputedTrait(
            name="category", kind="text", words=words("category bought most", "чаще всего покупает категорию")
        ),
        ComputedTrait(name="brand", kind="text", words=words("brand bought most", "чаще всего покупает бренд")),
        ComputedTrait(
            name="viewed_category",
            kind="text",
            words=words("category looked at most", "чаще всего смотрит категорию"),
        ),
        ComputedTrait(name="hour", kind="number", words=words("hour of the day, 0-23", "час дня, 0-23")),
        ComputedTrait(
            name="weekday", kind="number", words=words("day of the week, 1 is Monday", "день недели, 1 — понедельник")
        ),
        ComputedTrait(name="channel", kind="text", words=words("channel answered most", "канал, где отвечает чаще")),
    ),
    compute=favourites,
)
