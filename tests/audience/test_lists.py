"""Static lists: who is on them, what that tells others, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass import audience, profiles
from hourglass.kernel import Conflict, Malformed, NotFound
from tests.audience.people import a_list, a_segment, change, known, load, people_in, undo
from tests.engine.shop import SHOP, Shop


@pytest.fixture
def trio(shop: Shop) -> Shop:
    """Three contacts and an empty list."""
    shop.define(a_list())
    known(shop, "anna", "boris", "clara")
    return shop


def test_people_are_added_by_number_and_by_identifier_and_taken_off(trio: Shop) -> None:
    (number,) = trio.rows("SELECT profile_id FROM identities WHERE value = 'clara'")[0]
    done = change(trio, audience.add_to_list, users=["anna"], people=[number])
    assert (done.change.entered, done.missed) == (2, [])
    assert trio.members("vip") == {"anna", "clara"}
    done = change(trio, audience.remove_from_list, users=["anna", "boris"])
    assert (done.change.left, trio.members("vip")) == (1, {"clara"})


def test_whoever_is_nobody_is_named_with_the_reason(trio: Shop) -> None:
    done = change(trio, audience.add_to_list, users=["nobody", "anna", "null"], people=[999])
    assert [(one.line, one.reason) for one in done.missed] == [
        (1, "no_such_person"),
        (2, "unknown"),
        (4, "placeholder"),
    ]
    assert trio.members("vip") == {"anna"}


def test_the_members_of_another_segment_are_added_and_removed(trio: Shop) -> None:
    trio.define(a_segment("all", {"trait": "email", "op": "exists"}))
    trio.tick()
    assert change(trio, audience.add_to_list, segment="all").change.entered == 3
    assert trio.members("vip") == {"anna", "boris", "clara"}
    trio.define(a_list("few"))
    change(trio, audience.add_to_list, key="few", users=["boris"])
    change(trio, audience.remove_from_list, segment="few")
    assert trio.members("vip") == {"anna", "clara"}


def test_the_next_tick_hears_once_who_entered_and_who_left(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna", "boris"])
    assert trio.tick().moved_segments == 2
    assert trio.tick().moved_segments == 0
    change(trio, audience.remove_from_list, users=["anna"])
    assert trio.tick().moved_segments == 1


def test_who_left_before_anybody_heard_of_the_entry_never_entered(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna"])
    undo(trio)
    assert trio.tick().moved_segments == 0


def test_a_segment_that_names_the_list_follows_it(trio: Shop) -> None:
    trio.define(a_segment("reach", {"all": [{"segment": "vip"}, {"trait": "email", "op": "exists"}]}))
    trio.tick()
    change(trio, audience.add_to_list, users=["anna"])
    trio.tick()
    assert trio.members("reach") == {"anna"}
    undo(trio)
    trio.tick()
    assert trio.members("reach") == set()


def test_changes_are_taken_back_from_the_last_to_the_first(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna"], author="ann")
    trio.clock.advance(timedelta(minutes=1))
    load(trio, "user_id\nboris\nanna\n", author="bob")
    change(trio, audience.remove_from_list, users=["anna"])
    assert trio.members("vip") == {"boris"}
    undo(trio)
    assert trio.members("vip") == {"anna", "boris"}
    undo(trio)
    assert trio.members("vip") == {"anna"}, "what stood before the import stays"
    undo(trio)
    assert trio.members("vip") == set()
    with pytest.raises(Conflict, match="no change"):
        undo(trio)
    with trio.database.transaction() as tx:
        noted = audience.changes_of(tx, SHOP, "vip")
    assert [(one.kind, one.author, one.entered, one.left) for one in noted][-3:] == [
        ("remove", "ann", 0, 1),
        ("import", "bob", 1, 0),
        ("add", "ann", 1, 0),
    ]


def test_only_lists_are_changed_by_hand(trio: Shop) -> None:
    trio.define(a_segment("live", {"trait": "city", "op": "exists"}), a_list("old", state="archived"))
    for key, error in (("live", Conflict), ("old", Conflict), ("none", NotFound)):
        with pytest.raises(error):
            change(trio, audience.add_to_list, key=key, users=["anna"])
    with pytest.raises(Malformed):
        change(trio, audience.add_to_list)


def test_a_visitor_on_a_list_stays_on_it_as_the_contact_they_become(trio: Shop) -> None:
    trio.send({"anonymousId": "device", "event": "Page Viewed"})
    trio.tick()
    load(trio, "anonymous_id\ndevice\n")
    trio.tick()
    trio.send({"userId": "boris", "anonymousId": "device", "event": "Page Viewed"})
    assert trio.tick().moved_segments == 1
    assert trio.members("vip") == {"boris"}
    assert len(people_in(trio, "vip")) == 1


def test_a_merge_brings_the_list_along_and_taking_it_back_takes_it_back(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["clara"])
    (anna,), (clara,) = trio.rows("SELECT id FROM identities WHERE value IN ('anna', 'clara') ORDER BY value")
    before = people_in(trio, "vip")
    with trio.database.transaction() as tx:
        profiles.merge(tx, SHOP, anna, clara, "ann", trio.clock.now())
    assert trio.members("vip") == {"anna", "clara"}
    assert people_in(trio, "vip").isdisjoint(before), "the older contact stays"
    with trio.database.transaction() as tx:
        profiles.unmerge(tx, SHOP, anna, clara, "ann", trio.clock.now())
    assert people_in(trio, "vip") == before


def test_an_erased_person_is_on_no_list_and_does_not_come_back_by_undoing(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna", "boris"])
    change(trio, audience.remove_from_list, users=["anna"])
    (profile,) = trio.rows("SELECT profile_id FROM identities WHERE value = 'anna'")[0]
    with trio.database.transaction() as tx:
        profiles.erase(tx, SHOP, profile, trio.clock.now())
    undo(trio)
    assert trio.members("vip") == {"boris"}
    assert trio.rows("SELECT count(*) FROM list_identities") == [(1,)]


def test_a_list_and_its_people_are_brought_back_in_line(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna"])
    trio.tick()
    trio.rows("UPDATE segment_members SET profile_id = 999 RETURNING 1")
    with trio.database.transaction() as tx:
        assert audience.mend_lists(tx, SHOP, trio.clock.now()) == 2
        assert audience.mend_lists(tx, SHOP, trio.clock.now()) == 0
    assert trio.members("vip") == {"anna"}


def test_nothing_is_left_of_a_list_that_was_removed(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna"])
    load(trio, "email\nnew@example.com\n", create=True)
    trio.rows("DELETE FROM definitions WHERE key = 'vip' RETURNING 1")
    with trio.database.transaction() as tx:
        audience.mend_lists(tx, SHOP, trio.clock.now())
    for table in ("segment_members", "list_identities", "list_changes", "list_change_parts", "list_pending"):
        assert trio.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
