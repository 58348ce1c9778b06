"""What is known about people."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hourglass import profiles
from hourglass.postgres import Database, Transaction
from hourglass.profiles.traits import Traits, fold, tell
from tests.profiles.calls import SHOP, call, happen, identify, live, moment, track

_SAYINGS = st.lists(
    st.tuples(
        st.integers(0, 5), st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, 1, "x", [1]]), min_size=1)
    ),
    max_size=8,
)


def traits_of(database: Database) -> dict[str, Any]:
    with database.transaction() as tx:
        return tx.execute("SELECT traits FROM profiles").fetchall()[0][0]


def test_the_latest_event_wins_however_late_it_comes(database: Database) -> None:
    live(database, [identify(5, "1", city="Astana")], [identify(1, "1", city="Almaty", age=30)])
    assert traits_of(database) == {"city": "Astana", "age": 30}


def test_null_takes_a_trait_back(database: Database) -> None:
    live(database, [identify(1, "1", city="Almaty")], [identify(2, "1", city=None)], [identify(0, "1", city="Astana")])
    assert traits_of(database) == {}


def test_traits_in_the_context_of_another_call_count(database: Database) -> None:
    live(database, [call("track", 1, name="Signed Up", user_id="1", context={"traits": {"plan": "gold"}})])
    assert traits_of(database) == {"plan": "gold"}


def test_traits_of_a_group_are_not_the_persons(database: Database) -> None:
    live(database, [call("group", 1, user_id="1", group_id="g", traits={"name": "Works Ltd"})])
    assert traits_of(database) == {}


def test_what_a_visitor_said_comes_along(database: Database) -> None:
    live(database, [identify(1, None, "b", size="M")], [identify(2, "1", "a", city="Almaty")], [track(3, "1", "b")])
    with database.transaction() as tx:
        assert tx.execute("SELECT traits FROM profiles WHERE known").fetchone() == ({"size": "M", "city": "Almaty"},)


def test_the_changed_are_those_about_whom_something_is_different(database: Database) -> None:
    with database.transaction() as tx:
        first = happen(tx, [identify(1, "1", city="Almaty"), identify(1, "2", city="Almaty")])
        again = happen(tx, [identify(2, "1", city="Almaty"), identify(2, "2", city="Astana")])
    assert first.changed == set(first.touched)
    assert again.changed == {first.profile_ids[1]}


def test_an_unreadable_amount_of_traits_is_bounded(database: Database) -> None:
    for n in range(3):
        many: dict[str, Any] = {f"key{n}_{k}": k for k in range(300)}
        live(database, [identify(n, "1", **many)])
    kept = traits_of(database)
    assert len(kept) == 500
    assert "key2_7" in kept


@given(sayings=_SAYINGS, order=st.randoms(use_true_random=False))
def test_traits_do_not_depend_on_the_order_of_events(sayings: list[Any], order: Any) -> None:
    one, other = Traits(), Traits()
    for minute, said in sayings:
        tell(one, said, moment(minute))
    order.shuffle(sayings)
    for minute, said in sayings:
        tell(other, said, moment(minute))
    assert one == other


@given(sayings=_SAYINGS, cut=st.integers(0, 8))
def test_a_person_knows_what_all_their_identifiers_were_told(sayings: list[Any], cut: int) -> None:
    whole, left, right = Traits(), Traits(), Traits()
    for place, (minute, said) in enumerate(sayings):
        tell(whole, said, moment(minute))
        tell(left if place < cut else right, said, moment(minute))
    assert fold([left, right]) == whole


def answers(tx: Transaction) -> dict[tuple[str, str], bool]:
    ids = [row[0] for row in tx.execute("SELECT id FROM profiles WHERE merged_into IS NULL").fetchall()]
    return {(one.channel, one.topic): one.granted for one in profiles.current(tx, SHOP, ids)}


def test_the_latest_answer_is_the_consent(database: Database) -> None:
    said = {"channel": "email", "topic": "news", "source": "footer form"}
    with database.transaction() as tx:
        happen(tx, [track(5, "1", event="Consent Withdrawn", **said)])
        happen(tx, [track(1, "1", event="Consent Granted", **said, text="Yes, write to me")])
        assert answers(tx) == {("email", "news"): False}
        proof = tx.execute("SELECT source, told FROM consents ORDER BY at").fetchone()
        assert proof == ("footer form", "Yes, write to me")


def test_unsubscribing_without_a_topic_takes_back_everything(database: Database) -> None:
    with database.transaction() as tx:
        happen(tx, [identify(1, "1", consents={"email": {"news": True, "sales": True}, "sms": {"news": True}})])
        happen(tx, [track(2, "1", event="Unsubscribed", channel="email")])
        assert answers(tx) == {
            ("email", "news"): False,
            ("email", "sales"): False,
            ("email", "*"): False,
            ("sms", "news"): True,
        }


def test_consents_can_be_given_and_withdrawn_by_the_shop(database: Database) -> None:
    with database.transaction() as tx:
        (who,) = happen(tx, [identify(1, "1")]).touched
        profiles.grant(
            tx, SHOP, [who], profiles.Statement(channel="email", topic="news", source="phone call", at=moment(2))
        )
        profiles.withdraw(tx, SHOP, [who], profiles.Statement(channel=None, topic=None, source="letter", at=moment(3)))
        assert answers(tx) == {("email", "news"): False, ("email", "*"): False}


def test_consents_follow_the_identity_they_were_given_under(database: Database) -> None:
    with database.transaction() as tx:
        visitor = happen(tx, [track(1, None, "b", event="Subscribed", channel="email", topic="news")]).touched
        contact = happen(tx, [identify(2, "1", "a")]).touched
        assert not profiles.current(tx, SHOP, contact)
        happen(tx, [track(3, "1", "b")])
        assert not profiles.current(tx, SHOP, visitor)
        assert [one.granted for one in profiles.current(tx, SHOP, contact)] == [True]
