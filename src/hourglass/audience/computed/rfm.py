"""RFM: how recently, how often and for how much a customer bought, and the cell of the grid that follows.

Recency is whole days of 24 hours since the last order, so `rfm.recency < 30` is the same people as an order `within:
30d`. Frequency is the number of orders that stand, monetary their net revenue. Each is scored by quintiles among all
customers with an order (Arthur Hughes, Strategic Database Marketing, 1994; ties: rank.py). The cell comes from the
grid of recency against the mean of the other two, rounded up, as CRM tools commonly draw it, with the worst corner
kept apart as lost.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.rank import quintile
from hourglass.audience.computed.sources import DAY, Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words, words

CELLS: Final[dict[str, Words]] = {
    "champions": words("Champions", "Чемпионы"),
    "loyal": words("Loyal", "Лояльные"),
    "potential_loyal": words("Potential loyalists", "Почти лояльные"),
    "new": words("New", "Новые"),
    "promising": words("Promising", "Перспективные"),
    "need_attention": words("Need attention", "Нуждаются во внимании"),
    "about_to_sleep": words("About to sleep", "Засыпают"),
    "cannot_lose": words("Cannot lose", "Нельзя потерять"),
    "at_risk": words("At risk", "В зоне риска"),
    "hibernating": words("Hibernating", "Спящие"),
    "lost": words("Lost", "Потерянные"),
}

# Worth 1 to 5 from left to right; the rows are recency.
GRID: Final[dict[int, tuple[str, str, str, str, str]]] = {
    5: ("new", "potential_loyal", "potential_loyal", "champions", "champions"),
    4: ("promising", "potential_loyal", "potential_loyal", "loyal", "champions"),
    3: ("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"),
    2: ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
    1: ("lost", "hibernating", "at_risk", "at_risk", "cannot_lose"),
}


def rfm(sources: Sources, circumstances: Circumstances) -> Frame:
    """Recency, frequency, monetary, their scores and the cell of everybody with an order."""
    return cells(scores(facts(sources.orders, circumstances.now)))


def facts(orders: Frame, now: int) -> Frame:
    """profile_id, recency in days, frequency in orders, monetary in minor units."""
    bought = orders.group_by("profile_id").agg(
        last=nw.col("at").max(),
        frequency=nw.len().cast(nw.Int64()),
        monetary=nw.col("net").sum().cast(nw.Int64()),
    )
    return bought.select("profile_id", "frequency", "monetary", recency=(nw.lit(now) - nw.col("last")) // DAY)


def scores(people: Frame) -> Frame:
    """The same with three scores and, as a text like 545, all of them together."""
    scored = people.with_columns(freshness=-nw.col("recency")).with_columns(
        recency_score=quintile("freshness"),
        frequency_score=quintile("frequency"),
        monetary_score=quintile("monetary"),
    )
    together = nw.col("recency_score") * 100 + nw.col("frequency_score") * 10 + nw.col("monetary_score")
    return scored.with_columns(score=together.cast(nw.String())).drop("freshness")


def cells(people: Frame) -> Frame:
    """The same with the name of the cell."""
    worth = (nw.col("frequency_score") + nw.col("monetary_score") + 1) // 2
    square = nw.col("recency_score") * 10 + worth
    by_cell: dict[str, list[int]] = {}
    for recency, row in GRID.items():
        for place, cell in enumerate(row, 1):
            by_cell.setdefault(cell, []).append(recency * 10 + place)
    name = nw.lit(None, nw.String())
    for cell, squares in by_cell.items():
        name = nw.when(square.is_in(squares)).then(nw.lit(cell)).otherwise(name)
    return people.with_columns(cell=name)


RFM = Family(
    name="rfm",
    words=words("RFM", "RFM"),
    traits=(
        ComputedTrait(
            name="recency", kind="number", words=words("days since the last order", "дней с последнего заказа")
        ),
        ComputedTrait(name="frequency", kind="number", words=words("orders", "заказов")),
        ComputedTrait(name="monetary", kind="money", words=words("net revenue", "чистая выручка")),
        ComputedTrait(name="recency_score", kind="number", words=words("recency score, 1-5", "оценка давности, 1-5")),
        ComputedTrait(
            name="frequency_score", kind="number", words=words("frequency score, 1-5", "оценка частоты, 1-5")
        ),
        ComputedTrait(name="monetary_score", kind="number", words=words("revenue score, 1-5", "оценка выручки, 1-5")),
        ComputedTrait(name="score", kind="text", words=words("RFM score, 111-555", "оценка RFM, 111-555")),
        ComputedTrait(name="cell", kind="text", words=words("RFM cell", "ячейка RFM"), values=CELLS),
    ),
    compute=rfm,
)
