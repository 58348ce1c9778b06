"""A person's place among the others, the same on every engine: equal values share one place."""

from __future__ import annotations

import narwhals as nw


def people_before(column: str, *, best: str) -> nw.Expr:
    """How many people have a strictly worse value (`best="last"`), or a strictly better one (`best="first"`).

    More is better; for "fewer is better" give the negated column. Equal values share the lower number, so the answer
    does not depend on the order of rows.
    """
    place = nw.col(column).rank("min", descending=best == "first")
    return place.cast(nw.Int64()) - 1


def quintile(column: str) -> nw.Expr:
    """1 (worst fifth) to 5 (best fifth): 1 + floor(5 * people with a worse value / people).

    Ties: who has the same value has the same score, the one of the lowest of their places. So when 60 % of the
    customers bought once, all of them score 1, and the first ones with two orders score 4.
    """
    return 1 + (people_before(column, best="last") * 5) // nw.len().cast(nw.Int64())
