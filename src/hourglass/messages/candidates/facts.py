"""Everything that templates ask about claimed messages, with one query per question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.messages.candidates.candidate import Basket, Candidate, Person, Product, product_of
from hourglass.messages.candidates.for_sale import look_at_goods
from hourglass.messages.candidates.goods import choose_goods
from hourglass.messages.content.library import Library
from hourglass.messages.outbox.claim import Claim
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("facts.sql"))


class _Home(Workspace, frozen=True, kw_only=True):
    definitions_stamp: int


def load(tx: Transaction, claims: Sequence[Claim], library: Library, addresses: Mapping[str, str]) -> list[Candidate]:
    """Candidates in the order of the claims. `addresses`: which identifier each channel writes to."""
    mine: dict[WorkspaceId, list[Claim]] = defaultdict(list)
    for claim in claims:
        mine[WorkspaceId(claim.workspace_id)].append(claim)
    found: dict[int, Candidate] = {}
    for workspace_id, its in mine.items():
        candidates = _candidates(tx, workspace_id, its, library, addresses)
        _goods(tx, workspace_id, candidates)
        _products(tx, workspace_id, candidates)
        choose_goods(tx, workspace_id, candidates, library.bestsellers)
        look_at_goods(tx, workspace_id, candidates)
        found |= {one.claim.id: one for one in candidates}
    return [found[claim.id] for claim in claims]


def _candidates(
    tx: Transaction,
    workspace_id: WorkspaceId,
    claims: Sequence[Claim],
    library: Library,
    addresses: Mapping[str, str],
) -> list[Candidate]:
    ids = sorted({claim.profile_id for claim in claims})
    [workspace] = _queries.rows(tx, "workspace", _Home, workspace_id=workspace_id)
    people = {one.asked: one for one in _queries.rows(tx, "people", Person, workspace_id=workspace_id, ids=ids)}
    library.refresh(tx, workspace_id, workspace.definitions_stamp)
    zone = workspace.tz()
    products: dict[str, Product] = {}
    return [
        Candidate(
            claim=claim,
            workspace=workspace,
            zone=zone,
            template=library.find(
                workspace.id,
                claim.template,
                _locale(people.get(claim.profile_id), workspace),
                claim.facts.get("wording"),
            ),
            person=people.get(claim.profile_id),
            address_kind=addresses.get(claim.channel, "email"),
            products=products,
        )
        for claim in claims
    ]


def _goods(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """Carts and orders, the one the entry event named or else the person's own, where a template speaks of them."""
    for query, thing in (("carts", "cart"), ("orders", "order")):
        asking = [one for one in candidates if _speaks_of(one, thing)]
        if not asking:
            continue
        named = sorted({str(name) for one in asking if (name := one.claim.fact(f"{thing}_id"))})
        found = _queries.rows(tx, query, Basket, workspace_id=workspace_id, ids=named, profile_ids=_ids(asking))
        by_id = {basket.id: basket for basket in found}
        by_person = {basket.profile_id: basket for basket in found}
        for one in asking:
            assert one.person is not None
            wanted = by_id.get(str(one.claim.fact(f"{thing}_id"))) or by_person.get(one.person.id)
            # A shop reuses no cart number for two people; whoever states a stranger's gets nothing of it.
            setattr(one, thing, wanted if wanted and wanted.profile_id == one.person.id else None)


def _speaks_of(one: Candidate, thing: str) -> bool:
    return one.person is not None and one.template is not None and thing in one.template.needs


def _products(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    baskets = [basket for one in candidates for basket in (one.cart, one.order) if basket]
    ids = {product_id for basket in baskets for line in basket.lines if (product_id := product_of(line))}
    if ids:
        found = _queries.rows(tx, "products", Product, workspace_id=workspace_id, ids=sorted(ids))
        # One dict serves all candidates of the workspace.
        candidates[0].products.update({product.id: product for product in found})


def _ids(candidates: Iterable[Candidate]) -> list[int]:
    return sorted({one.person.id for one in candidates if one.person is not None})


def _locale(person: Person | None, workspace: Workspace) -> str:
    stated = None if person is None else person.traits.get("locale") or person.traits.get("language")
    return stated.replace("_", "-") if isinstance(stated, str) and stated else workspace.locale
