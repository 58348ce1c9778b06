"""What a cluster is like, in words: where it differs from the customers as a whole, and what it mostly buys."""

from __future__ import annotations

from typing import Any

import polars as pl

from hourglass.audience.computed.centres import FEATURES, Centres
from hourglass.audience.computed.trait import Words, words

_APART = 0.4
"""Standard deviations from the mean customer; nearer than that is nothing to speak of."""
_MOSTLY, _LIKES, _LIFT = 0.5, 0.2, 1.5
_SAID: dict[str, tuple[Words, Words]] = {
    "orders": (words("buys rarely", "покупает редко"), words("buys often", "покупает часто")),
    "average_order": (words("small baskets", "маленькие корзины"), words("large baskets", "большие корзины")),
    "pieces": (words("few pieces", "мало штук"), words("many pieces at once", "много штук сразу")),
    "categories": (words("few categories", "мало категорий"), words("many categories", "много категорий")),
    "recency": (words("bought lately", "покупал недавно"), words("not seen for long", "давно не покупал")),
}
_PLAIN = words("like most customers", "как большинство клиентов")


def describe_clusters(people: pl.DataFrame, found: Centres) -> dict[int, dict[str, Any]]:
    """By number: `people` and `words`. `people`: number, category and the features of everybody."""
    sizes = dict(people.group_by("number").len().iter_rows())
    tastes = _tastes(people)
    return {
        number: {"people": sizes.get(number, 0), "words": _described(relative, tastes.get(number))}
        for number, relative in zip(found.numbers, found.relative, strict=True)
    }


def _described(relative: list[float], taste: Words | None) -> dict[str, str]:
    apart: dict[str, float] = dict(zip(FEATURES, relative, strict=True))
    parts = [said[apart[name] > 0] for name, said in _SAID.items() if abs(apart[name]) >= _APART]
    if taste is not None:
        parts.append(taste)
    return {language: ", ".join(part[language] for part in parts or [_PLAIN]) for language in ("en", "ru")}


def _tastes(people: pl.DataFrame) -> dict[int, Words]:
    """By number: the favourite category of most members, or one that is much commoner here than elsewhere."""
    told = people.drop_nulls("category")
    overall = told.group_by("category").agg(pl.len().alias("all")).with_columns(overall=pl.col("all") / told.height)
    here = told.group_by("number", "category").agg(pl.len().alias("members"))
    here = here.join(overall, on="category").with_columns(
        here=pl.col("members") / pl.col("members").sum().over("number"),
    )
    outstanding = (pl.col("here") >= _MOSTLY) | (
        (pl.col("here") >= _LIKES) & (pl.col("here") >= pl.col("overall") * _LIFT)
    )
    best = (
        here.filter(outstanding)
        .sort("here", "category", descending=[True, False])
        .unique("number", keep="first", maintain_order=True)
    )
    return {
        number: words(f"{'mostly' if here >= _MOSTLY else 'likes'} {category}",
                      f"{'в основном' if here >= _MOSTLY else 'любит'} «{category}»")
        for number, category, here in best.select("number", "category", "here").iter_rows()
    }  # fmt: skip
