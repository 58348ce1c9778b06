"""The same calls give the same people, in whatever order and batches they come."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hourglass.events import Event
from hourglass.postgres import Database, Transaction
from tests.profiles.calls import alias, batches_of, groups, happen, identify, portrait, track

_USERS = st.sampled_from(["1", "2", "3"])
_DEVICES = st.sampled_from(["a", "b", "c"])
_MINUTES = st.integers(0, 9)
_MAYBE = st.booleans()


@st.composite
def calls(draw: st.DrawFn) -> list[Event]:
    """What a family at one or more devices does, and what the shop's server says about it."""
    return [draw(one_call()) for _ in range(draw(st.integers(2, 9)))]


@st.composite
def one_call(draw: st.DrawFn) -> Event:
    at = draw(_MINUTES)
    kind = draw(st.sampled_from(["track", "identify", "identify", "alias"]))
    if kind == "alias":
        return alias(at, draw(st.one_of(_DEVICES, _USERS)), draw(_USERS))
    user, device = draw(st.one_of(st.none(), _USERS)), draw(st.one_of(st.none(), _DEVICES))
    if user is None and device is None:
        device = "a"
    if kind == "track":
        return track(at, user, device)
    traits: dict[str, Any] = {"city": draw(st.sampled_from(["Almaty", "Astana", None]))}
    if draw(_MAYBE):
        traits["email"] = draw(st.sampled_from(["x@example.com", "Y@example.com", "broken"]))
    if draw(_MAYBE):
        traits["phone"] = draw(st.sampled_from(["+77011234567", "+77011234568"]))
    return identify(at, user, device, **traits)


class Undo(Exception):
    """Ends an experiment without a trace."""


def outcome(database: Database, events: list[Event], size: int) -> tuple[Any, ...]:
    """People, what is known of them, and the evidence, after these calls in batches of this size."""
    found: list[Any] = []
    try:
        with database.transaction() as tx:
            for batch in batches_of(events, size):
                happen(tx, batch)
            found += [groups(tx), portrait(tx), evidence(tx)]
            assert orphans(tx) == (0,)
            raise Undo
    except Undo:
        return tuple(found)


def evidence(tx: Transaction) -> set[tuple[Any, ...]]:
    rows = tx.execute(
        "SELECT a.kind, a.value, b.kind, b.value, l.kind, l.at, l.state, l.reason FROM identity_links l"
        " JOIN identities a ON a.id = l.low JOIN identities b ON b.id = l.high"
    )
    return {(frozenset([row[:2], row[2:4]]), *row[4:]) for row in rows}


def orphans(tx: Transaction) -> tuple[Any, ...] | None:
    """Events that are not reachable from exactly one living person."""
    return tx.execute(
        "SELECT count(*) FROM events e WHERE (SELECT count(*) FROM identities i JOIN profiles p ON p.id = i.profile_id"
        " WHERE i.id = e.identity_id AND p.merged_into IS NULL) <> 1"
    ).fetchone()


quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@quick
@given(events=calls(), data=st.data())
def test_any_order_and_any_batches_give_the_same_people(
    database: Database, events: list[Event], data: st.DataObject
) -> None:
    events = list({event.id: event for event in events}.values())
    shuffled = data.draw(st.permutations(events))
    size = data.draw(st.integers(1, len(events)))
    assert outcome(database, shuffled, size) == outcome(database, events, len(events))


@quick
@given(events=calls())
def test_one_by_one_is_the_same_as_all_at_once(database: Database, events: list[Event]) -> None:
    events = list({event.id: event for event in events}.values())
    assert outcome(database, events, 1) == outcome(database, events, len(events))


@quick
@given(events=calls())
def test_no_person_ever_has_two_users(database: Database, events: list[Event]) -> None:
    people, *_ = outcome(database, list({event.id: event for event in events}.values()), 3)
    assert all(sum(kind == "user_id" for kind, _ in person) <= 1 for person in people)
