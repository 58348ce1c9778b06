"""Double opt-in: a yes that has to be confirmed."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from hourglass import profiles
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Database, Transaction
from tests.profiles.calls import SHOP, happen, identify, moment, track

NEWS = {"channel": "email", "topic": "news", "source": "footer", "text": "Write to me", "form": "footer-3"}


@pytest.fixture
def strict(database: Database) -> Database:
    """A shop whose news by e-mail ask for a confirmation."""
    with database.transaction() as tx:
        topic(tx, '{"kind": "topic", "key": "news", "confirm": ["email"]}')
    return database


def topic(tx: Transaction, body: str) -> None:
    tx.execute(
        "INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at)"
        " VALUES (1, 'topic', 'news', 1, 'live', now())"
    )
    tx.execute("INSERT INTO definition_versions VALUES (1, 'topic', 'news', 1, %s::jsonb, 'test', now())", [body])


def standing(tx: Transaction, who: int) -> dict[tuple[str, str], bool]:
    return {(one.channel, one.topic): one.granted for one in profiles.current(tx, SHOP, [who])}


def said(tx: Transaction, minute: int, name: str = "Subscribed", **told: Any) -> int:
    return happen(tx, [track(minute, "1", event=name, **NEWS | told)]).profile_ids[0]


def test_a_yes_waits_for_its_confirmation_and_then_has_the_whole_proof(strict: Database) -> None:
    with strict.transaction() as tx:
        who = said(tx, 1)
        assert standing(tx, who) == {}
        [asked] = profiles.requests_of(tx, SHOP, who)
        assert (asked.told, asked.form, asked.source) == ("Write to me", "footer-3", "footer")
        assert profiles.confirm(tx, SHOP, asked, {"ip": "192.0.2.7"}, moment(2))
        assert not profiles.confirm(tx, SHOP, asked, {}, moment(3)), "once"
        [line] = profiles.ledger(tx, SHOP, who)
    assert (line.granted, line.told, line.form, line.at) == (True, "Write to me", "footer-3", moment(2))
    assert line.proof["confirmed"] == {"ip": "192.0.2.7"}
    assert line.proof["asked_at"] == asked.at.isoformat()


def test_a_link_expires(strict: Database) -> None:
    with strict.transaction() as tx:
        who = said(tx, 1)
        [asked] = profiles.requests_of(tx, SHOP, who)
        assert not profiles.confirm(tx, SHOP, asked, {}, asked.expires_at)
        assert standing(tx, who) == {}


def test_who_asks_again_and_again_gets_one_message_a_day(strict: Database) -> None:
    with strict.transaction() as tx:
        for minute in (1, 2, 3, 24 * 60 + 10):
            who = said(tx, minute)
        assert len(profiles.requests_of(tx, SHOP, who)) == 2


def test_other_channels_topics_answers_and_purposes_need_none(strict: Database) -> None:
    with strict.transaction() as tx:
        said(tx, 1, channel="sms")
        said(tx, 1, topic="offers")
        said(tx, 1, purpose="profiling")
        who = said(tx, 1, "Unsubscribed")
        assert profiles.requests_of(tx, SHOP, who) == []
        assert standing(tx, who) == {("sms", "news"): True, ("email", "offers"): True, ("email", "news"): False}
        every = profiles.current(tx, SHOP, [who], None)
        assert {one.purpose for one in every} == {"marketing", "profiling"}


def test_a_yes_to_every_topic_is_no_way_round(strict: Database) -> None:
    with strict.transaction() as tx:
        who = said(tx, 1, topic="*")
        assert standing(tx, who) == {}
        assert [one.topic for one in profiles.requests_of(tx, SHOP, who)] == ["*"]


def test_traits_are_no_way_round_either(strict: Database) -> None:
    with strict.transaction() as tx:
        who = happen(tx, [identify(1, "1", consents={"email": {"news": True}})]).profile_ids[0]
        assert standing(tx, who) == {}


def test_who_has_confirmed_may_say_yes_again_until_they_say_no(strict: Database) -> None:
    with strict.transaction() as tx:
        who = said(tx, 1)
        [asked] = profiles.requests_of(tx, SHOP, who)
        profiles.confirm(tx, SHOP, asked, {}, moment(2))
        said(tx, 3)
        assert len(profiles.requests_of(tx, SHOP, who)) == 1
        said(tx, 4, "Unsubscribed")
        said(tx, 24 * 60 + 10)
        assert standing(tx, who) == {("email", "news"): False}
        assert len(profiles.requests_of(tx, SHOP, who)) == 2


def test_the_same_thing_said_by_a_call_and_by_its_event_is_one_line(database: Database) -> None:
    from uuid import UUID

    with database.transaction() as tx:
        event = track(1, "1", event="Subscribed", **NEWS)
        who = happen(tx, [event]).profile_ids[0]
        said = profiles.Statement(channel="email", topic="news", source="page", at=moment(1), event=UUID(event.id))
        profiles.grant(tx, SHOP, [who], said)
        assert len(profiles.ledger(tx, SHOP, who)) == 1


def test_nothing_in_the_ledger_can_be_changed(database: Database) -> None:
    with database.transaction() as tx:
        who = said(tx, 1)
        tx.execute("UPDATE consents SET profile_id = profile_id")  # a merge may
    for change in ("granted = false", "at = now()", "topic = 'x'", "proof = '{}'"):
        with pytest.raises(psycopg.errors.RaiseException, match="append only"), database.transaction() as tx:
            tx.execute(f"UPDATE consents SET {change}".encode())
    with database.transaction() as tx:
        assert standing(tx, who) == {("email", "news"): True}


def test_all_of_it_is_exported_and_erased_with_the_person(strict: Database) -> None:
    from hourglass.kernel import Workspace

    shop = Workspace(id=WorkspaceId(1), key="s", name="S", currency="EUR", zone="UTC", locale="en")
    with strict.transaction() as tx:
        who = said(tx, 1)
        tx.execute("INSERT INTO wishes (workspace_id, identity_id, wish, at, source) SELECT 1, id, 'pause', now(), 'x'"
                   " FROM identities")  # fmt: skip
        copy = profiles.export(tx, shop, who, moment(2))
        assert [one["form"] for one in copy["consent_requests"]] == ["footer-3"]
        assert [one["wish"] for one in copy["wishes"]] == ["pause"]
        profiles.erase(tx, SHOP, who, moment(3))
        for table in ("consents", "consent_requests", "wishes"):
            assert tx.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,)
