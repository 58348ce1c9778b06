"""Reachable and identified: as the gate would decide, within a tick."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.audience import describe, parse_condition
from hourglass.kernel import Malformed
from tests.audience.leaves.living import did, members, person, segments

YES: dict[str, Any] = {"email": {"news": True}}


@pytest.fixture
def crowd(shop):
    segments(
        shop,
        any={"reachable": "email"},
        news={"reachable": "email", "topic": "news"},
        sms={"reachable": "sms"},
        phone={"identified": "phone"},
        device={"identified": "anonymous_id"},
    )
    shop.send(
        person("yes", email="yes@shop.test.com", consents=YES),
        person("silent", email="silent@shop.test.com"),
        person("no", email="no@shop.test.com", consents={"email": {"news": False}}),
        person("other", email="other@shop.test.com", consents={"email": {"offers": True}}),
        person("homeless", consents=YES),
        person("caller", phone="+77011234567", consents={"sms": {"news": True}}),
        {**person("seen"), "anonymousId": "device"},
    )
    shop.tick()
    return shop


def test_an_address_and_a_yes(crowd):
    assert members(crowd, "any") == {"yes", "other"}
    assert members(crowd, "news") == {"yes"}


def test_a_channel_without_a_plug_in_reaches_nobody(crowd):
    assert members(crowd, "sms") == set()


def test_identifiers(crowd):
    assert members(crowd, "phone") == {"caller"}
    assert members(crowd, "device") == {"seen"}


def test_an_identifier_that_comes_later_counts_within_a_tick(crowd):
    crowd.send({**did("homeless", "Product Viewed"), "anonymousId": "another device"})
    crowd.tick()
    assert members(crowd, "device") == {"seen", "homeless"}


def test_the_last_word_on_every_topic_counts(crowd):
    crowd.send(did("yes", "Unsubscribed", channel="email"))
    crowd.tick()
    assert members(crowd, "any") == {"other"}
    crowd.clock.advance(timedelta(minutes=1))
    crowd.send(did("yes", "Subscribed", channel="email"))
    crowd.tick()
    assert members(crowd, "any") == {"yes", "other"}
    assert members(crowd, "news") == {"yes"}


def test_a_yes_to_every_topic_covers_those_never_asked_about(crowd):
    crowd.send(did("silent", "Subscribed", channel="email"))
    crowd.tick()
    assert "silent" in members(crowd, "any") & members(crowd, "news")


def test_a_bounce_ends_it_within_a_tick(crowd):
    [(number, proof)] = crowd.rows(
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " address, created_at, not_before)"
        " SELECT 1, id, 1, 1, '0', 'email', 'hello', 'marketing', 'sent', email, now(), now()"
        " FROM profiles WHERE email LIKE 'yes@%%' RETURNING id, proof::text"
    )
    crowd.send(did("yes", "Message Bounced", message_id=number, proof=proof, permanent=True))
    crowd.tick()
    assert members(crowd, "any") == {"other"}


def test_a_kind_nobody_knows_is_refused():
    with pytest.raises(Malformed, match=r"Did you mean “phone”\?") as refused:
        parse_condition({"identified": "phon"})
    assert refused.value.path == "condition.identified"


def test_words():
    assert describe(parse_condition({"reachable": "email", "topic": "news"})) == "can be reached by email about “news”"
    assert describe(parse_condition({"identified": "phone"}), "ru") == "известен номер телефона"
