"""Who is who, as a shop's calls tell it."""

from __future__ import annotations

from hourglass.postgres import Database
from tests.profiles.calls import alias, groups, happen, identify, live, people_of, person, track


def test_a_visitor_becomes_the_contact_who_logs_in(database: Database) -> None:
    live(database, [track(0, device="a")], [identify(1, "1", "a", email="Ann@Example.com")])
    assert people_of(database) == {person("u:1", "a:a", "e:ann@example.com")}


def test_the_visitors_profile_goes_on_as_the_contact(database: Database) -> None:
    with database.transaction() as tx:
        visitor = happen(tx, [track(0, device="a")]).profile_ids[0]
        contact = happen(tx, [identify(1, "1", "a")])
    assert contact.profile_ids == [visitor]
    assert not contact.moved


def test_a_second_device_is_absorbed_by_the_contact(database: Database) -> None:
    with database.transaction() as tx:
        contact = happen(tx, [identify(0, "1", "a")]).profile_ids[0]
        visitor = happen(tx, [track(1, device="b"), track(2, device="b")]).profile_ids[0]
        login = happen(tx, [track(3, "1", "b")])
        counted = tx.execute("SELECT events FROM profiles WHERE id = %s", [contact]).fetchone()
        pointer = tx.execute("SELECT merged_into FROM profiles WHERE id = %s", [visitor]).fetchone()
    assert login.absorbed == [(visitor, contact)]
    assert counted == (4,)
    assert pointer == (contact,)


def test_a_shared_device_does_not_glue_two_people(database: Database) -> None:
    live(database, [identify(0, "1", "a"), identify(1, "2", "a"), track(2, device="a")])
    assert people_of(database) == {person("u:1", "a:a"), person("u:2")}


def test_the_earliest_claim_to_a_device_counts_however_late_it_comes(database: Database) -> None:
    live(database, [identify(5, "2", "a")], [identify(1, "1", "a")])
    assert people_of(database) == {person("u:1", "a:a"), person("u:2")}


def test_two_users_with_one_address_go_to_review(database: Database) -> None:
    live(database, [identify(0, "1", email="x@example.com")], [identify(1, "2", email="x@example.com")])
    assert people_of(database) == {person("u:1", "e:x@example.com"), person("u:2")}
    with database.transaction() as tx:
        assert tx.execute("SELECT reason FROM identity_links WHERE state = 'review'").fetchall() == [("two_people",)]


def test_an_alias_attaches_a_visitor(database: Database) -> None:
    live(database, [track(0, device="a")], [alias(1, "a", "1")])
    assert people_of(database) == {person("u:1", "a:a")}


def test_an_alias_of_two_users_waits_for_review_in_either_order(database: Database) -> None:
    live(database, [identify(0, "1")], [alias(1, "1", "2")], [alias(2, "3", "2")], [identify(3, "3")])
    assert people_of(database) == {person("u:1"), person("u:2", "a:1", "a:3"), person("u:3")}
    with database.transaction() as tx:
        assert tx.execute("SELECT count(*) FROM identity_links WHERE state = 'review'").fetchone() == (2,)


def test_a_placeholder_is_nobodys_name(database: Database) -> None:
    live(database, [identify(0, "undefined", "a", email="x@example.com"), track(1, "null"), track(2, "NULL", "b")])
    assert people_of(database) == {person("e:x@example.com", "a:a"), person("a:null"), person("a:b")}


def test_an_invalid_address_stays_a_trait_and_is_no_identifier(database: Database) -> None:
    live(database, [identify(0, "1", email="not an address", phone="12")])
    assert people_of(database) == {person("u:1")}
    with database.transaction() as tx:
        assert tx.execute("SELECT traits->>'email', email FROM profiles").fetchone() == ("not an address", None)


def test_a_phone_without_country_is_read_in_the_shops_region(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("""UPDATE workspaces SET settings = '{"phone_region": "KZ"}'""")
    live(database, [identify(0, "1", phone="8 (701) 123-45-67")], [identify(0, "1", phone="+7 701 123 45 67")])
    assert people_of(database) == {person("u:1", "p:+77011234567")}


def test_an_event_belongs_to_the_strongest_identifier_it_names(database: Database) -> None:
    with database.transaction() as tx:
        happen(tx, [identify(0, None, "till", email="a@example.com", name="A")])
        happen(tx, [identify(1, None, "till", email="b@example.com", name="B")])
        names = tx.execute("SELECT email, traits->>'name' FROM profiles ORDER BY id").fetchall()
    assert names == [("a@example.com", "A"), ("b@example.com", "B")]


def test_a_placeholder_address_stops_gathering_evidence(database: Database) -> None:
    with database.transaction() as tx:
        happen(tx, [identify(n, str(n), email="till@example.com") for n in range(1, 71)])
        links = tx.execute("SELECT count(*) FROM identity_links").fetchone()
        assert links == (50,)
        assert len(groups(tx)) == 70


def test_nobody_may_have_more_addresses_than_a_person_has(database: Database) -> None:
    live(database, [identify(n, "1", email=f"{n}@example.com") for n in range(12)])
    sizes = sorted(map(len, people_of(database)))
    assert sizes == [1, 1, 11]
