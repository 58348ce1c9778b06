"""A product block: products chosen by a rule at the moment of sending, for each person their own."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hourglass.kernel import Malformed, parse_duration

Source = Literal["cart", "order", "event", "viewed", "bestsellers", "list"]


class Block(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One block; templates see it as `blocks.<name>`: a list of products, or nothing."""

    source: Source
    """cart, order: their lines. event: the products of the entry event. viewed: what the person looked at last.
    bestsellers: what sells best, in `category` or anywhere. list: `products` by their ids."""
    products: tuple[str, ...] = ()
    category: str | None = None
    """`event` is the category of the product of the entry event, `cart` that of the cart's first line."""
    within: str = "30d"
    """How far back views and sales count."""
    limit: Annotated[int, Meta(ge=1, le=24)] = 4
    at_least: Annotated[int, Meta(ge=1, le=24)] = 1
    """With fewer products the block counts as empty."""
    sold_out: bool = False
    """Whether products that are sold out are shown."""
    without: tuple[Literal["cart", "order", "event", "viewed", "bought"], ...] = ()
    """Products that are left out because the person has them already."""
    fill_with: Literal["bestsellers"] | None = None
    """What fills the places that are left."""
    when_empty: Literal["hide", "withhold"] = "hide"
    """An empty block is left out, or keeps the whole message from being sent."""


def check_block(name: str, block: Block) -> None:
    """Raise Malformed with the path for what cannot work."""
    path = f"blocks.{name}"
    if not name.isidentifier():
        raise Malformed("A block is named with letters, digits and underscores.", path=path)
    if (block.source == "list") != bool(block.products):
        raise Malformed("`products` are listed for the source `list`, and only there.", path=f"{path}.products")
    if block.at_least > block.limit:
        raise Malformed("`at_least` is no more than `limit`.", path=f"{path}.at_least")
    parse_duration(block.within, f"{path}.within")
