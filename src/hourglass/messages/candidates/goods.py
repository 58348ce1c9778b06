"""Product blocks: which products each person is shown. A fixed number of queries, however many messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from hourglass.kernel import WorkspaceId, parse_duration
from hourglass.messages.candidates.candidate import Basket, Candidate, Product, product_of
from hourglass.messages.content.bestsellers import Bestsellers, Wish
from hourglass.messages.content.blocks import Block
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("goods.sql"))
_facts = Queries(Path(__file__).with_name("facts.sql"))
_MOST = 60
Ids = Mapping[int, Sequence[str]]


def choose_goods(
    tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate], bestsellers: Bestsellers
) -> None:
    """Fill the blocks of the candidates of one workspace; what is asked for is looked up for all of them at once."""
    asking = [(one, name, block) for one in candidates for name, block in _blocks(one).items()]
    if not asking:
        return
    now = max(one.claim.created_at for one, _, _ in asking)
    viewed = _viewed(tx, workspace_id, asking, now)
    bought = _bought(tx, workspace_id, asking, now)
    products = candidates[0].products
    named = (id_ for one, _, block in asking for id_ in (*_first(one, block, viewed), *event_products(one.claim.facts)))
    _learn(tx, workspace_id, products, named)
    sold = bestsellers.of(tx, workspace_id, {w for one, _, b in asking for w in _wishes(one, b)}, now)
    _learn(tx, workspace_id, products, (id_ for ids in sold.values() for id_ in ids))
    for one, name, block in asking:
        kept = _kept(one, block, [*_first(one, block, viewed), *_more(one, block, sold)], viewed, bought)
        chosen = kept[: block.limit] if len(kept) >= block.at_least else []
        one.blocks[name] = chosen or None
        if not chosen and block.when_empty == "withhold":
            one.empty = name


def event_products(facts: Mapping[str, Any]) -> list[str]:
    """The products that the entry event is about."""
    properties = facts.get("properties")
    told = cast("Mapping[str, Any]", properties if isinstance(properties, Mapping) else {})
    lines = told.get("products")
    ids = [
        product_of(told),
        *(product_of(line) for line in cast("list[Any]", lines if isinstance(lines, list) else [])),
    ]
    return list(dict.fromkeys(one for one in ids if one))


def _blocks(one: Candidate) -> Mapping[str, Block]:
    return {} if one.template is None or one.person is None else one.template.blocks


def _viewed(
    tx: Transaction, workspace_id: WorkspaceId, asking: Sequence[tuple[Candidate, str, Block]], now: datetime
) -> Ids:
    wanting = [(one, block) for one, _, block in asking if block.source == "viewed" or "viewed" in block.without]
    return _by_person(tx, "viewed", workspace_id, wanting, now, most=_MOST)


def _bought(
    tx: Transaction, workspace_id: WorkspaceId, asking: Sequence[tuple[Candidate, str, Block]], now: datetime
) -> Ids:
    wanting = [(one, block) for one, _, block in asking if "bought" in block.without]
    return _by_person(tx, "bought", workspace_id, wanting, now)


def _by_person(
    tx: Transaction,
    query: str,
    workspace_id: WorkspaceId,
    wanting: Sequence[tuple[Candidate, Block]],
    now: datetime,
    **more: int,
) -> Ids:
    if not wanting:
        return {}
    people = sorted({one.person.id for one, _ in wanting if one.person})
    since = now - max(_within(block) for _, block in wanting)
    found: dict[int, list[str]] = defaultdict(list)
    for person, product_id in _queries.tuples(
        tx, query, workspace_id=workspace_id, profile_ids=people, since=since, **more
    ):
        found[person].append(product_id)
    return found


def _first(one: Candidate, block: Block, viewed: Ids) -> list[str]:
    """The products that the rule names by themselves, and those that name its category."""
    match block.source:
        case "cart" | "order":
            return _of_basket(one.cart if block.source == "cart" else one.order)
        case "event":
            return event_products(one.claim.facts)
        case "viewed":
            return list(viewed.get(_person(one), ()))
        case "list":
            return list(block.products)
        case "bestsellers":
            return []


def _wishes(one: Candidate, block: Block) -> Iterator[Wish]:
    if block.source == "bestsellers" or block.fill_with == "bestsellers":
        yield _category(one, block), _within(block)


def _more(one: Candidate, block: Block, sold: Mapping[Wish, Sequence[str]]) -> Iterable[str]:
    return (id_ for wish in _wishes(one, block) for id_ in sold[wish])


def _category(one: Candidate, block: Block) -> str | None:
    """A category by name, or that of the product which the event or the cart is about."""
    if block.category not in ("event", "cart"):
        return block.category
    ids = event_products(one.claim.facts) if block.category == "event" else _of_basket(one.cart)
    known = (one.products[id_].category for id_ in ids if id_ in one.products)
    return next((category for category in known if category), None)


def _kept(one: Candidate, block: Block, ids: Iterable[str], viewed: Ids, bought: Ids) -> list[str]:
    """Each once, without what is to be left out, is unknown or sold out."""
    person = _person(one)
    had: dict[str, Collection[str]] = {
        "cart": _of_basket(one.cart),
        "order": _of_basket(one.order),
        "event": event_products(one.claim.facts),
        "viewed": viewed.get(person, ()),
        "bought": bought.get(person, ()),
    }
    without = {id_ for word in block.without for id_ in had[word]}
    return [
        id_
        for id_ in dict.fromkeys(ids)
        if id_ not in without
        and (product := one.products.get(id_)) is not None
        and product.name
        and (block.sold_out or product.available is not False)
    ]


def _learn(tx: Transaction, workspace_id: WorkspaceId, products: dict[str, Product], ids: Iterable[str]) -> None:
    unknown = sorted(set(ids) - products.keys())
    if unknown:
        found = _facts.rows(tx, "products", Product, workspace_id=workspace_id, ids=unknown)
        products.update({product.id: product for product in found})


def _of_basket(basket: Basket | None) -> list[str]:
    return [] if basket is None else [id_ for line in basket.lines if (id_ := product_of(line))]


def _person(one: Candidate) -> int:
    return one.person.id if one.person else 0


def _within(block: Block) -> timedelta:
    return parse_duration(block.within)
