"""Decisions about who is one person, and taking them back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass import profiles
from hourglass.events import Event
from hourglass.kernel import Conflict, NotFound, Workspace
from hourglass.postgres import Database, Transaction
from tests.profiles.calls import SHOP, groups, happen, identify, live, moment, people_of, person, portrait, track
from tests.profiles.test_any_order import Undo, calls, evidence, orphans, quick

NOW = moment(1000)
WORKSPACE = Workspace(id=SHOP, key="default", name="Default", currency="EUR", zone="UTC", locale="en")
X = {"email": "x@example.com"}


def ids(tx: Transaction, *names: str) -> list[int]:
    """Identity ids of `kind:value` names."""
    found = dict(tx.execute("SELECT kind || ':' || value, id FROM identities").fetchall())
    return [found[name] for name in names]


@pytest.fixture
def shared_address(database: Database) -> Database:
    """Two users with one e-mail address, each with a device."""
    live(database, [identify(0, "1", "a", **X), track(1, "1", "a"), identify(2, "2", "b", **X), track(3, "2", "b")])
    return database


def test_a_review_shows_both_people_and_the_evidence(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        (review,) = profiles.reviews(tx, WORKSPACE)
        assert [review.low, review.high] == ids(tx, "user_id:1", "user_id:2")
    assert [one.value for one in review.evidence] == ["x@example.com"]
    assert {review.left.email, review.right.email} == {"x@example.com"}


def test_merging_makes_one_person_of_two(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        (review,) = profiles.reviews(tx, WORKSPACE)
        done = profiles.merge(tx, SHOP, review.low, review.high, "ann", NOW)
        assert not profiles.reviews(tx, WORKSPACE)
        assert tx.execute("SELECT DISTINCT author, reason FROM identity_moves").fetchall() == [("ann", "merge")]
        assert tx.execute("SELECT profile_id FROM rechecks").fetchall() == [(review.left.id,)]
    assert [tuple(pair) for pair in done.absorbed] == [(review.right.id, review.left.id)]
    assert people_of(shared_address) == {person("u:1", "u:2", "e:x@example.com", "a:a", "a:b")}


def test_a_merge_can_be_taken_back_to_the_last_detail(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        before = groups(tx), portrait(tx), evidence(tx), rows(tx)
        low, high = ids(tx, "user_id:1", "user_id:2")
        profiles.merge(tx, SHOP, low, high, "ann", NOW)
        assert groups(tx) != before[0]
        profiles.unmerge(tx, SHOP, low, high, "ann", NOW)
        after = groups(tx), portrait(tx), {one for one in evidence(tx) if one[1] != "merge"}, rows(tx)
        assert after == before
        assert orphans(tx) == (0,)


def test_rejected_evidence_is_not_asked_about_again(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        (review,) = profiles.reviews(tx, WORKSPACE)
        profiles.reject(tx, SHOP, review.low, review.high, "ann", NOW)
        happen(tx, [identify(9, "2", **X), identify(1, "2", **X)])
        assert not profiles.reviews(tx, WORKSPACE)


def test_what_is_no_pair_is_refused(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        one, device = ids(tx, "user_id:1", "anonymous_id:a")
        with pytest.raises(Conflict):
            profiles.merge(tx, SHOP, one, device, "ann", NOW)
        with pytest.raises(NotFound):
            profiles.unmerge(tx, SHOP, one, device, "ann", NOW)
        with pytest.raises(NotFound):
            profiles.merge(tx, SHOP, one, 999_999, "ann", NOW)


def test_a_merged_person_goes_on_growing(shared_address: Database) -> None:
    with shared_address.transaction() as tx:
        low, high = ids(tx, "user_id:1", "user_id:2")
        profiles.merge(tx, SHOP, low, high, "ann", NOW)
        happen(tx, [track(10, "2", "c"), identify(11, "1", phone="+77011234567")])
        assert groups(tx) == {person("u:1", "u:2", "e:x@example.com", "a:a", "a:b", "a:c", "p:+77011234567")}
        profiles.unmerge(tx, SHOP, low, high, "ann", NOW)
        assert groups(tx) == {
            person("u:1", "e:x@example.com", "a:a", "p:+77011234567"),
            person("u:2", "a:b", "a:c"),
        }


@quick
@given(before=calls(), after=calls(), data=st.data())
def test_any_merge_taken_back_leaves_the_people_there_would_be_without_it(
    database: Database, before: list[Event], after: list[Event], data: st.DataObject
) -> None:
    before = list({event.id: event for event in before}.values())
    known = {event.id for event in before}
    after = list({event.id: event for event in after if event.id not in known}.values())
    found: list[Any] = []
    for merging in (False, True):
        try:
            with database.transaction() as tx:
                happen(tx, before)
                pair = any_two(tx, data) if merging else None
                if pair:
                    profiles.merge(tx, SHOP, pair[0], pair[1], "ann", NOW)
                    assert orphans(tx) == (0,)
                happen(tx, after)
                if pair:
                    undo(tx)
                    assert orphans(tx) == (0,)
                found.append((groups(tx), portrait(tx), {one for one in evidence(tx) if one[1] != "merge"}))
                raise Undo
        except Undo:
            pass
    assert found[0] == found[1]


def any_two(tx: Transaction, data: st.DataObject) -> list[int] | None:
    """One identity each of two people."""
    people = tx.execute("SELECT profile_id, min(id) FROM identities GROUP BY 1 ORDER BY 1").fetchall()
    if len(people) < 2:
        return None
    chosen = data.draw(st.permutations([one for _, one in people]))
    return chosen[:2]


def undo(tx: Transaction) -> None:
    pairs = tx.execute("SELECT low, high FROM identity_links WHERE kind = 'merge'").fetchall()
    for low, high in pairs:
        profiles.unmerge(tx, SHOP, low, high, "ann", NOW)


def rows(tx: Transaction) -> list[Any]:
    """Which profile each identity belongs to, and which profiles are pointers."""
    return [
        tx.execute("SELECT id, profile_id FROM identities ORDER BY id").fetchall(),
        tx.execute("SELECT id, merged_into FROM profiles ORDER BY id").fetchall(),
    ]
