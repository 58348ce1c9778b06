"""Placeholders, shared devices and broken integrations: they cost little and glue nobody together."""

from __future__ import annotations

from hourglass.postgres import Database
from hourglass.profiles.links import Link
from hourglass.profiles.regroup import load, regroup
from tests.profiles.calls import SHOP, groups, happen, live, moment, people_of, person, track
from tests.profiles.test_merge import ids


def test_a_till_belongs_to_the_first_customer_only(database: Database) -> None:
    live(
        database, [track(n, f"u{n}", "till") for n in range(120)], [track(200 + n, f"v{n}", "till") for n in range(120)]
    )
    people = people_of(database)
    assert person("u:u0", "a:till") in people
    assert len(people) == 240


def test_one_user_id_for_everybody_does_not_gather_all_visitors(database: Database) -> None:
    for start in (0, 400, 800):
        live(database, [track(start + n, "bot", f"d{start + n}") for n in range(400)])
    assert max(map(len, people_of(database))) == 501


def test_in_a_crowd_new_evidence_is_weighed_against_people_as_they_stand(database: Database) -> None:
    with database.transaction() as tx:
        for n in range(30):
            happen(tx, [track(n, f"u{n}", f"pc{n % 3}"), track(n, f"u{n}", f"pc{(n + 1) % 3}")])
        happen(tx, [track(50, None, "phone")])
        ends = ids(tx, "user_id:u7", "anonymous_id:phone")
        assert len(load(tx, SHOP, ends).nodes) == 34
        component = load(tx, SHOP, ends, most=20)
        assert component.nodes.keys() == set(ends)
        link = Link(low=min(ends), high=max(ends), kind="device", at=moment(60))
        regroup(tx, SHOP, component, {link.pair: link}, now=moment(60), reason="evidence")
        assert person("u:u7", "a:phone") in groups(tx)
        assert sum(len(names) for names in groups(tx)) == 34
