"""Everything the gate and the templates ask about claimed messages, with one query per question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.messages.candidates.candidate import Basket, Candidate, Person, Product, product_of
from hourglass.messages.candidates.policy import Policy, read_policy, rules_for
from hourglass.messages.content.library import Library
from hourglass.messages.outbox.claim import Claim
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current

_queries = Queries(Path(__file__).with_name("facts.sql"))


class _Home(Workspace, frozen=True, kw_only=True):
    definitions_stamp: int


def load(
    tx: Transaction, claims: Sequence[Claim], library: Library, addresses: Mapping[str, str], now: datetime
) -> list[Candidate]:
    """Candidates in the order of the claims. `addresses`: which identifier each channel writes to."""
    mine: dict[WorkspaceId, list[Claim]] = defaultdict(list)
    for claim in claims:
        mine[WorkspaceId(claim.workspace_id)].append(claim)
    found: dict[int, Candidate] = {}
    for workspace_id, its in mine.items():
        candidates = _candidates(tx, workspace_id, its, library, addresses)
        _consents(tx, workspace_id, candidates)
        _suppressions(tx, workspace_id, candidates)
        _recent(tx, workspace_id, candidates, now)
        _goods(tx, workspace_id, candidates)
        _products(tx, workspace_id, candidates)
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


def _consents(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """The last word on the topic or on all topics of the channel; only marketing asks."""
    asking = [one for one in candidates if one.claim.marketing and one.person]
    if not asking:
        return
    words = {(one.profile_id, one.channel, one.topic): one for one in current(tx, workspace_id, _ids(asking))}
    for one in asking:
        assert one.person is not None
        said = [words.get((one.person.id, one.claim.channel, topic)) for topic in (one.claim.topic, EVERY_TOPIC)]
        last = max((word for word in said if word), key=lambda word: (word.at, word.topic), default=None)
        one.consent = None if last is None else last.granted


def _suppressions(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """Asked about every message, whatever its class."""
    addresses = sorted({(one.claim.channel, one.address.lower()) for one in candidates if one.address})
    rows = _queries.tuples(
        tx,
        "suppressions",
        workspace_id=workspace_id,
        channels=[channel for channel, _ in addresses],
        addresses=[address for _, address in addresses],
    )
    reasons = {(channel, address): reason for channel, address, reason in rows}
    for one in candidates:
        one.suppressed = reasons.get((one.claim.channel, (one.address or "").lower()))


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
    ids = sorted({product_id for basket in baskets for line in basket.lines if (product_id := product_of(line))})
    if ids:
        found = _queries.rows(tx, "products", Product, workspace_id=workspace_id, ids=ids)
        # One dict serves all candidates of the workspace.
        candidates[0].products.update({product.id: product for product in found})


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
