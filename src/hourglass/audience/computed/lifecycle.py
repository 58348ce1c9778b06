"""Stages of the marketing hourglass: how far somebody has come, and whether they are going away.

The hourglass (John Jantsch, Duct Tape Marketing, 2007) is the funnel before the purchase and its mirror after it. How
long a silence may last depends on the shop: its typical interval is the median, over everybody with two orders or
more, of their own mean days between orders, held between a week and half a year; 60 days while fewer than 20 such
people are known. A customer silent for more than 2 intervals is lapsing, for more than 4 lost (a trip wire on latency:
Jim Novo, Drilling Down, 2004). The rest are, first match: advocate (two orders and a recommendation within a year),
loyal (4 orders), repeat (2), first. Without an order: subscriber (a contact who allows a channel), lead (a contact),
visitor.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.sources import DAY, Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words, words

STAGES: Final[dict[str, Words]] = {
    "advocate": words("Advocate", "Адвокат"),
    "loyal": words("Loyal", "Лояльный"),
    "repeat": words("Repeat buyer", "Покупает повторно"),
    "first": words("First buyer", "Первая покупка"),
    "subscriber": words("Subscriber", "Подписчик"),
    "lead": words("Lead", "Контакт"),
    "visitor": words("Visitor", "Посетитель"),
    "lapsing": words("Lapsing", "Уходит"),
    "lost": words("Lost", "Потерян"),
}
SHORTEST, LONGEST, UNKNOWN = 7, 180, 60
"""Days."""
ENOUGH_PEOPLE = 20
LAPSING_AFTER, LOST_AFTER = 2, 4
"""Intervals."""
LOYAL_ORDERS, REPEAT_ORDERS = 4, 2
PRAISE_DAYS = 365


def lifecycle(sources: Sources, circumstances: Circumstances) -> Frame:
    """The stage of everybody, and for customers the days after which they count as lapsing."""
    now = circumstances.now
    buyers = sources.orders.group_by("profile_id").agg(
        orders=nw.len().cast(nw.Int64()), first=nw.col("at").min(), last=nw.col("at").max()
    )
    recent = sources.praise.filter(nw.col("at") > now - PRAISE_DAYS * DAY)
    praised = recent.group_by("profile_id").agg(praises=nw.len().cast(nw.Int64()))
    people = (
        sources.people.join(buyers, on="profile_id", how="left")
        .join(praised, on="profile_id", how="left")
        .join(interval(buyers), how="cross")
        .with_columns(silence=(nw.lit(now) - nw.col("last")) // DAY)
    )
    return people.select(
        "profile_id",
        stage=_stage(),
        lapsing_after=nw.when(nw.col("orders") > 0).then(nw.col("interval") * LAPSING_AFTER),
    )


def interval(buyers: Frame) -> Frame:
    """One row: the shop's typical `interval` in whole days."""
    repeated = buyers.filter(nw.col("last") - nw.col("first") >= DAY)
    gaps = repeated.select(gap=(nw.col("last") - nw.col("first")) // (nw.col("orders") - 1))
    typical = gaps.select(median=nw.col("gap").median(), people=nw.len())
    # Half a day is a whole one: of two engines, one rounds it up and the other to the even day.
    days = ((nw.col("median").floor().cast(nw.Int64()) + DAY // 2) // DAY).clip(SHORTEST, LONGEST)
    return typical.select(interval=nw.when(nw.col("people") >= ENOUGH_PEOPLE).then(days).otherwise(UNKNOWN))


def _stage() -> nw.Expr:
    """The last line that applies wins."""
    orders, silence, length = nw.col("orders"), nw.col("silence"), nw.col("interval")
    stage = nw.when(nw.col("known")).then(nw.lit("lead")).otherwise(nw.lit("visitor"))
    for name, applies in (
        ("subscriber", nw.col("known") & nw.col("subscribed")),
        ("first", orders >= 1),
        ("repeat", orders >= REPEAT_ORDERS),
        ("loyal", orders >= LOYAL_ORDERS),
        ("advocate", (orders >= REPEAT_ORDERS) & (nw.col("praises") > 0)),
        ("lapsing", silence > length * LAPSING_AFTER),
        ("lost", silence > length * LOST_AFTER),
    ):
        stage = nw.when(applies).then(nw.lit(name)).otherwise(stage)
    return stage


LIFECYCLE = Family(
    name="lifecycle",
    words=words("Life cycle", "Жизненный цикл"),
    traits=(
        ComputedTrait(name="stage", kind="text", words=words("stage", "стадия"), values=STAGES),
        ComputedTrait(
            name="lapsing_after",
            kind="number",
            words=words(
                "days of silence after which a customer is lapsing", "дней тишины, после которых клиент уходит"
            ),
        ),
    ),
    compute=lifecycle,
)
