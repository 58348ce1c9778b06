"""Bounces that pass: counted in a row for an address, whatever the order in which they are heard of."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from hourglass.postgres import Database
from tests.messages.shop import NOW, Shop, days
from tests.messages.test_feedback import apply, event, sent


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def suppressed(shop: Shop) -> list[tuple[str, ...]]:
    return shop.run("SELECT address, reason, detail FROM suppressions ORDER BY 1")


def bounced(shop: Shop, *at: float, email: str = "anna@customers.example", **more: Any) -> list[int]:
    """One message for each of these days, each of which comes back."""
    person = shop.person(email)
    ids: list[int] = []
    for day in at:
        id_ = shop.queue(person)
        shop.run("UPDATE messages SET state = 'sent', sent_at = %(at)s, address = %(email)s WHERE id = %(id)s",
                 id=id_, at=NOW + days(day), email=email)  # fmt: skip
        apply(shop, event(shop, "Message Bounced", id_, NOW + days(day), **more))
        ids.append(id_)
    return ids


def test_the_fifth_within_a_month_suppresses(shop: Shop) -> None:
    bounced(shop, 1, 2, 3, 4)
    assert suppressed(shop) == []
    shop.run("DELETE FROM profiles")
    bounced(shop, 5, email="Anna@customers.example")
    assert suppressed(shop) == [("anna@customers.example", "soft_bounced", "5 / 30d")]


def test_bounces_of_long_ago_are_forgotten(shop: Shop) -> None:
    bounced(shop, 1, 2, 3, 40, 41)
    assert suppressed(shop) == []


def test_one_message_that_comes_back_again_and_again_is_one(shop: Shop) -> None:
    [id_] = bounced(shop, 1)
    apply(shop, *[event(shop, "Message Bounced", id_, NOW + days(1 + n / 10)) for n in range(1, 8)])
    assert suppressed(shop) == []


def test_what_is_about_us_or_the_mail_does_not_count(shop: Shop) -> None:
    for sort in ("policy", "content", "challenge"):
        bounced(shop, 1, 2, 3, 4, 5, 6, email=f"{sort}@customers.example", bounce=sort)
    bounced(shop, 1, 2, 3, 4, 5, email="full@customers.example", bounce="full")
    assert [row[0] for row in suppressed(shop)] == ["full@customers.example"]


@pytest.mark.parametrize(("name", "more"), [("Message Delivered", {}), ("Message Opened", {"by": "human"})])
def test_a_success_between_begins_anew_whenever_it_is_heard_of(shop: Shop, name: str, more: dict[str, Any]) -> None:
    ids = bounced(shop, 1, 2, 3)
    good = sent(shop)
    shop.run("UPDATE messages SET profile_id = (SELECT profile_id FROM messages WHERE id = %(one)s) WHERE id = %(id)s",
             one=ids[0], id=good)  # fmt: skip
    apply(shop, event(shop, name, good, NOW + days(3.5), **more))
    rest = [sent(shop) for _ in range(5)]
    for day, id_ in enumerate(rest[:-1], start=4):
        apply(shop, event(shop, "Message Bounced", id_, NOW + days(day)))
        assert suppressed(shop) == []
    apply(shop, event(shop, "Message Bounced", rest[-1], NOW + days(9)))
    assert len(suppressed(shop)) == 1


def test_a_machine_that_opens_proves_nothing(shop: Shop) -> None:
    ids = bounced(shop, 1, 2, 3, 4)
    apply(shop, event(shop, "Message Opened", ids[0], NOW + days(4.5), by="scanner"))
    assert suppressed(shop) == []
    apply(shop, event(shop, "Message Bounced", sent(shop), NOW + days(5)))
    assert len(suppressed(shop)) == 1


def test_what_was_called_delivered_and_bounced_afterwards_was_not(shop: Shop) -> None:
    for id_ in [sent(shop) for _ in range(5)]:
        at = NOW + days(id_ % 10)
        apply(shop, event(shop, "Message Delivered", id_, at), event(shop, "Message Bounced", id_, at + days(0.1)))
    assert len(suppressed(shop)) == 1


def test_the_policy_says_how_many(shop: Shop) -> None:
    shop.policy(soft_bounces={"messages": 2, "within": "7d"})
    bounced(shop, 1, 9)
    assert suppressed(shop) == []
    bounced(shop, 1, 2, email="b@customers.example")
    assert suppressed(shop) == [("b@customers.example", "soft_bounced", "2 / 7d")]
    shop.policy(soft_bounces=None)
    bounced(shop, 1, 2, 3, 4, 5, 6, email="c@customers.example")
    assert len(suppressed(shop)) == 1


def test_the_batches_of_the_log_make_no_difference(shop: Shop) -> None:
    shop.policy(soft_bounces={"messages": 3, "within": "30d"})
    for number, order in enumerate(permutations((1, 2, 3))):
        email = f"p{number}@customers.example"
        ids = {day: sent(shop, email) for day in order}
        apply(shop, *[event(shop, "Message Bounced", ids[day], NOW + days(day)) for day in order[:2]])
        apply(shop, event(shop, "Message Bounced", ids[order[2]], NOW + days(order[2])))
    assert len(suppressed(shop)) == 6


def test_who_reads_again_is_written_to_again(shop: Shop) -> None:
    ids = bounced(shop, 1, 2, 3, 4, 5)
    apply(
        shop, event(shop, "Message Opened", ids[0], NOW + days(4)), event(shop, "Message Clicked", ids[0], by="scanner")
    )
    assert len(suppressed(shop)) == 1
    apply(shop, event(shop, "Message Clicked", ids[0], NOW + days(6)))
    assert suppressed(shop) == []


def test_other_suppressions_stay_whatever_is_read(shop: Shop) -> None:
    id_ = sent(shop)
    apply(shop, event(shop, "Message Bounced", id_, NOW + days(1), permanent=True))
    apply(shop, event(shop, "Message Opened", id_, NOW + days(2)))
    assert len(suppressed(shop)) == 1
