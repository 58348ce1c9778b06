"""People as a function of evidence alone, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hourglass.profiles.cluster import cluster
from hourglass.profiles.homes import Node, settle
from hourglass.profiles.identifiers import Identifier
from hourglass.profiles.links import DEVICE, LIMITS, MERGE, STATED, Limits, Link
from tests.profiles.calls import moment

NAMES = {
    number: Identifier(kind, str(number))
    for number, kind in enumerate(["user_id"] * 4 + ["email"] * 3 + ["phone"] * 2 + ["anonymous_id"] * 5)
}
DEVICES = [number for number, name in NAMES.items() if not name.known]


@st.composite
def links(draw: st.DrawFn) -> list[Link]:
    found: dict[Any, Link] = {}
    for _ in range(draw(st.integers(0, 25))):
        low, high = sorted(draw(st.lists(st.sampled_from(list(NAMES)), min_size=2, max_size=2, unique=True)))
        kind = DEVICE if NAMES[low].known and high in DEVICES else STATED
        if draw(st.integers(0, 9)) == 0:
            kind = MERGE
        link = Link(low=low, high=high, kind=kind, at=moment(draw(st.integers(0, 5))))
        found[link.pair] = link
    return list(found.values())


def people(evidence: Iterable[Link], limits: Limits = LIMITS) -> set[frozenset[int]]:
    return {frozenset(group) for group in cluster(NAMES, evidence, limits).groups}


@given(evidence=links(), order=st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(evidence: list[Link], order: Any) -> None:
    before = people(evidence)
    order.shuffle(evidence)
    assert people(evidence) == before


@given(evidence=links())
def test_devices_never_join_known_people(evidence: list[Link]) -> None:
    def known(found: set[frozenset[int]]) -> set[frozenset[int]]:
        return {rest for one in found if (rest := frozenset(n for n in one if NAMES[n].known))}

    assert known(people(evidence)) == known(people(link for link in evidence if link.kind != DEVICE))


@given(evidence=links())
def test_a_device_belongs_to_one_of_those_who_claim_it(evidence: list[Link]) -> None:
    for group in people(link for link in evidence if link.kind == DEVICE):
        for device in group & set(DEVICES):
            claimers = {link.low for link in evidence if link.kind == DEVICE and link.high == device}
            assert bool(claimers) == bool(claimers & group)


@given(evidence=links())
def test_nobody_has_two_users_unless_a_person_decided_so(evidence: list[Link]) -> None:
    groups = people(link for link in evidence if link.kind != MERGE)
    assert all(sum(NAMES[n].kind == "user_id" for n in group) <= 1 for group in groups)


@given(evidence=links())
def test_limits_hold(evidence: list[Link]) -> None:
    limits = Limits(person={"user_id": 1, "email": 1, "phone": 1, "anonymous_id": 2}, evidence=LIMITS.evidence)
    for group in people((link for link in evidence if link.kind != MERGE), limits):
        for kind, most in limits.person.items():
            assert sum(NAMES[n].kind == kind for n in group) <= most


@given(evidence=links(), data=st.data())
def test_every_person_has_one_profile_and_every_profile_one_person(evidence: list[Link], data: st.DataObject) -> None:
    """Whatever profiles the identifiers began as, no two people get the same one."""
    homes = data.draw(st.lists(st.integers(1, 6), min_size=len(NAMES), max_size=len(NAMES)))
    nodes = {n: Node(id=n, name=name, profile_id=homes[n], home_id=homes[n]) for n, name in NAMES.items()}
    settled = [one for one in settle(cluster(NAMES, evidence, LIMITS).groups, nodes) if one is not None]
    assert len(settled) == len(set(settled))
    assert set(settled) <= set(homes)
