"""Price sensitivity: how much somebody buys on deals, and how dear the things are that they choose.

The deal share is the share of pieces bought on a deal (deal proneness: Blattberg, Buesing, Peacock, Sen, Identifying
the Deal Prone Segment, Journal of Marketing Research 15(3), 1978). A piece is on a deal when its line or order says so
(a discount, a promo code, a regular price above the price), or when its price is at most 90 % of the product's usual
price, the median over all lines that sold it. The level is `high` from half the pieces on, `low` up to a tenth, else
`medium`; with fewer than 3 pieces there is none. The tier compares each price with the median of its category, by
pieces: below 0.8 on average is `low`, from 1.25 on `high`, else `middle`.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from hourglass.audience.computed.family import Family
from hourglass.audience.computed.sources import Circumstances, Frame, Sources
from hourglass.audience.computed.trait import ComputedTrait, Words, words

LEVELS: Final[dict[str, Words]] = {
    "low": words("Buys at any price", "Покупает по любой цене"),
    "medium": words("Sometimes on deals", "Иногда по скидке"),
    "high": words("Hunts deals", "Охотится за скидками"),
}
TIERS: Final[dict[str, Words]] = {
    "low": words("Cheaper things", "Подешевле"),
    "middle": words("Usual prices", "Средние цены"),
    "high": words("Dearer things", "Подороже"),
}
USUAL = 0.9
FEWEST_PIECES = 3
HIGH, LOW = 0.5, 0.1
CHEAP, DEAR = 0.8, 1.25
_MILLION = 1_000_000


def price(sources: Sources, circumstances: Circumstances) -> Frame:
    """Everybody who bought something with a price."""
    del circumstances
    return levels(deal_pieces(sources.bought))


def deal_pieces(bought: Frame) -> Frame:
    """profile_id, pieces, those on a deal, those of products with a category, and their relative prices added up."""
    priced = bought.filter(nw.col("price") > 0)
    usual = priced.group_by("product_id").agg(usual=nw.col("price").median())
    tiers = priced.filter(~nw.col("category").is_null()).group_by("category").agg(typical=nw.col("price").median())
    lines = priced.join(usual, on="product_id").join(tiers, on="category", how="left")
    cheap = nw.col("price") <= nw.col("usual") * USUAL
    on_deal = nw.when(nw.col("deal") | cheap).then(nw.col("quantity")).otherwise(0)
    placed = nw.when(~nw.col("typical").is_null()).then(nw.col("quantity")).otherwise(0)
    # In whole millionths: a sum of floats depends on the order of rows.
    relative = (nw.col("price") * nw.col("quantity") / nw.col("typical") * _MILLION + 0.5).floor().cast(nw.Int64())
    told = lines.select("profile_id", "quantity", on_deal=on_deal, placed=placed, relative=relative)
    return told.group_by("profile_id").agg(
        pieces=nw.col("quantity").sum(),
        on_deal=nw.col("on_deal").sum(),
        placed=nw.col("placed").sum(),
        relative=nw.col("relative").sum(),
    )


def levels(people: Frame) -> Frame:
    """The traits from the sums; the deal share in whole percent."""
    share = nw.col("on_deal") / nw.col("pieces")
    mean = nw.col("relative") / nw.col("placed")
    return people.filter(nw.col("pieces") >= FEWEST_PIECES).select(
        "profile_id",
        deal_share=(nw.col("on_deal") * 200 + nw.col("pieces")) // (nw.col("pieces") * 2),
        sensitivity=nw.when(share >= HIGH)
        .then(nw.lit("high"))
        .otherwise(nw.when(share <= LOW).then(nw.lit("low")).otherwise(nw.lit("medium"))),
        tier=nw.when(nw.col("placed") > 0).then(
            nw.when(mean < CHEAP * _MILLION)
            .then(nw.lit("low"))
            .otherwise(nw.when(mean >= DEAR * _MILLION).then(nw.lit("high")).otherwise(nw.lit("middle")))
        ),
    )


PRICE = Family(
    name="price",
    words=words("Prices", "Цены"),
    traits=(
        ComputedTrait(
            name="deal_share", kind="number", words=words("percent bought on deals", "процент покупок по скидке")
        ),
        ComputedTrait(
            name="sensitivity", kind="text", words=words("price sensitivity", "чувствительность к цене"), values=LEVELS
        ),
        ComputedTrait(name="tier", kind="text", words=words("price tier", "ценовой сегмент"), values=TIERS),
    ),
    compute=price,
)
