from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.messages.reputation.reputation import (
    WINDOW,
    Reputation,
    judged,
    reputation_of,
    sends_to_stop,
    what_came_back,
)
from tests.messages.shop import NOW, SHOP, Shop, days


@pytest.mark.parametrize(
    ("sent", "complaints", "state"),
    [
        (0, 0, "good"),
        (10_000, 9, "good"),
        (10_000, 10, "warning"),
        (10_000, 29, "warning"),
        (10_000, 30, "pause"),
        (300, 1, "good"),
        (1000, 4, "warning"),
        (1000, 5, "pause"),
        (0, 7, "good"),
    ],
)
def test_the_rate_decides_unless_numbers_are_small(sent: int, complaints: int, state: str) -> None:
    told = judged(sent, complaints)
    assert told.state == state
    assert set(told.words) == {"en", "ru"}


def test_the_rate_is_said_as_people_write_it() -> None:
    words = judged(1000, 5).words
    assert "0.50%" in words["en"]
    assert "0,50 %" in words["ru"]


INSERT = """
INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, topic, class, state,
  created_at, not_before, sent_at, send_id, complained_at, address)
SELECT 1, n, nextval('message_ids'), 1, 's', %(channel)s, 'hello', 'news', %(kind)s, 'sent', %(at)s, %(at)s, %(at)s,
  %(send)s::bigint, CASE WHEN n <= %(complained)s THEN %(later)s::timestamptz END, 'x@customers.example'
FROM generate_series(1, %(number)s) AS n"""


def mails(
    shop: Shop, number: int, *, complained: int = 0, ago: timedelta = timedelta(hours=1), kind: str = "marketing",
    channel: str = "email", send: int | None = None,
) -> None:  # fmt: skip
    """Sent messages, some of them complained about."""
    shop.run(INSERT, number=number, complained=complained, at=NOW - ago, later=NOW - ago / 2, kind=kind,
             channel=channel, send=send)  # fmt: skip


def asked(shop: Shop) -> Reputation:
    with shop.database.transaction() as tx:
        return reputation_of(tx, SHOP, NOW)


def test_a_week_of_marketing_counts(shop: Shop) -> None:
    mails(shop, 1000, complained=3)
    mails(shop, 500, complained=100, ago=days(15))
    mails(shop, 400, complained=100, kind="transactional")
    mails(shop, 300, complained=100, channel="sms")
    told = asked(shop)
    assert (told.sent, told.complaints, told.state) == (1000, 3, "warning")


def test_a_shop_without_mail_has_no_bad_name(shop: Shop) -> None:
    assert asked(shop).state == "good"


def test_only_the_campaign_that_annoys_is_stopped(shop: Shop) -> None:
    mails(shop, 1000, complained=6, send=7)
    mails(shop, 900, complained=2, send=8)
    with shop.database.transaction() as tx:
        assert sends_to_stop(tx, SHOP, [7, 8]) == [7]
        assert sends_to_stop(tx, SHOP, [8]) == []
        assert sends_to_stop(tx, SHOP, []) == []


def test_what_came_back_is_counted_by_domain(shop: Shop) -> None:
    for number, (sort, domain, at) in enumerate(
        [
            ("policy", "b.example", NOW),
            ("policy", "b.example", NOW - days(1)),
            ("full", "a.example", NOW),
            ("full", "a.example", NOW - days(9)),
        ]
    ):
        shop.run(
            "INSERT INTO returned_mail (workspace_id, message_id, at, kind, sort, domain, said)"
            " VALUES (1, %(id)s, %(at)s, 'bounced', %(sort)s, %(domain)s, %(said)s)",
            id=number, at=at, sort=sort, domain=domain, said=f"words {number}",
        )  # fmt: skip
    with shop.database.transaction() as tx:
        told = [(one.sort, one.domain, one.count, one.said) for one in what_came_back(tx, SHOP, NOW - WINDOW)]
    assert told == [("policy", "b.example", 2, "words 0"), ("full", "a.example", 1, "words 2")]
