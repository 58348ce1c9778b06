"""Everything the gate and the templates ask about claimed messages, with one query per question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.messages.candidate import Basket, Candidate, Person, Product, product_of
from hourglass.messages.claim import Claim
from hourglass.messages.library import Library
from hourglass.messages.policy import Policy, read_policy, rules_for
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current

_queries = Queries(Path(__file__).with_name("facts.sql"))


def load(
    tx: Transaction, claims: Sequence[Claim], library: Library, addresses: Mapping[str, str], now: datetime
) -> list[Candidate]:
    """Candidates in the order of the claims. `addresses`: which identifier each channel writes to."""
    mine: dict[WorkspaceId, list[Claim]] = defaultdict(list)
    for claim in claims:
        mine[WorkspaceId(claim.workspace_id)].append(claim)
    workspaces = {one.id: one for one in _queries.rows(tx, "workspaces", Workspace, ids=list(mine))}
    found: dict[int, Candidate] = {}
    for workspace_id, its in mine.items():
        library.refresh(tx, workspace_id)
        candidates = _candidates(tx, workspaces[workspace_id], its, library, addresses)
        _permissions(tx, workspace_id, candidates)
        _recent(tx, workspace_id, candidates, now)
        _goods(tx, workspace_id, candidates)
        found |= {one.claim.id: one for one in candidates}
    return [found[claim.id] for claim in claims]


def _candidates(
    tx: Transaction, workspace: Workspace, claims: Sequence[Claim], library: Library, addresses: Mapping[str, str]
) -> list[Candidate]:
    ids = sorted({claim.profile_id for claim in claims})
    people = {one.asked: one for one in _queries.rows(tx, "people", Person, workspace_id=workspace.id, ids=ids)}
    policy, zone = _policy(workspace), workspace.tz()
    products: dict[str, Product] = {}
    return [
        Candidate(
            claim=claim,
            workspace=workspace,
            policy=policy,
            zone=zone,
            template=library.find(workspace.id, claim.template, _locale(people.get(claim.profile_id), workspace)),
            person=people.get(claim.profile_id),
            address_kind=addresses.get(claim.channel, "email"),
            products=products,
        )
        for claim in claims
    ]


def _permissions(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """Consents for marketing, suppressions for everything."""
    people = _ids(one for one in candidates if one.claim.marketing)
    consents = current(tx, workspace_id, people) if people else []
    words = {(one.profile_id, one.channel, one.topic): one for one in consents}
    pairs = sorted({(one.claim.channel, one.address.lower()) for one in candidates if one.address})
    suppressed = {
        (channel, address): reason
        for channel, address, reason in _queries.tuples(
            tx,
            "suppressions",
            workspace_id=workspace_id,
            channels=[pair[0] for pair in pairs],
            addresses=[pair[1] for pair in pairs],
        )
    }
    for one in candidates:
        one.suppressed = suppressed.get((one.claim.channel, (one.address or "").lower()))
        if one.person is not None:
            said = [words.get((one.person.id, one.claim.channel, topic)) for topic in (one.claim.topic, EVERY_TOPIC)]
            last = max((word for word in said if word), key=lambda word: (word.at, word.topic), default=None)
            one.consent = None if last is None else last.granted


def _recent(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate], now: datetime) -> None:
    """When marketing reached these people, as far back as the longest window of a cap."""
    capped = [(one, cap) for one in candidates if one.claim.marketing and (cap := _cap(one))]
    if not capped:
        return
    times: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    for profile_id, channel, at in _queries.tuples(
        tx,
        "recent",
        workspace_id=workspace_id,
        profile_ids=_ids(one for one, _ in capped),
        ids=[one.claim.id for one, _ in capped],
        since=now - max(cap for _, cap in capped),
    ):
        times[profile_id, channel].append(at)
    for one, _ in capped:
        assert one.person is not None
        one.recent = times[one.person.id, one.claim.channel]


def _goods(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """Carts and orders, the one the entry event named or else the person's own, and the products in them."""
    for query, property_name, attribute in (("carts", "cart_id", "cart"), ("orders", "order_id", "order")):
        asking = [one for one in candidates if one.person and one.template and attribute in one.template.needs]
        if not asking:
            continue
        named = sorted({str(one.claim.fact(property_name)) for one in asking if one.claim.fact(property_name)})
        rows = _queries.rows(tx, query, Basket, workspace_id=workspace_id, ids=named, profile_ids=_ids(asking))
        by_id = {row.id: row for row in rows}
        by_person = {row.profile_id: row for row in rows}
        for one in asking:
            assert one.person is not None
            wanted = by_id.get(str(one.claim.fact(property_name))) or by_person.get(one.person.id)
            # A shop reuses no cart number for two people; whoever states a stranger's gets nothing of it.
            setattr(one, attribute, wanted if wanted and wanted.profile_id == one.person.id else None)
    _products(tx, workspace_id, candidates)


def _products(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    baskets = [basket for one in candidates for basket in (one.cart, one.order) if basket]
    ids = sorted({product_id for basket in baskets for line in basket.lines if (product_id := product_of(line))})
    if ids:
        found = _queries.rows(tx, "products", Product, workspace_id=workspace_id, ids=ids)
        candidates[0].products.update({product.id: product for product in found})  # one dict for the whole workspace


def _ids(candidates: Iterable[Candidate]) -> list[int]:
    return sorted({one.person.id for one in candidates if one.person is not None})


def _cap(one: Candidate) -> timedelta | None:
    cap = rules_for(one.policy, one.claim.channel).cap
    return None if cap is None or one.person is None else cap.window


def _locale(person: Person | None, workspace: Workspace) -> str:
    stated = None if person is None else person.traits.get("locale") or person.traits.get("language")
    return stated.replace("_", "-") if isinstance(stated, str) and stated else workspace.locale


def _policy(workspace: Workspace) -> Policy:
    """A policy that cannot be read must not let more through than the default."""
    try:
        return read_policy(workspace.settings)
    except Malformed:
        return {}
