"""Which message an order is credited to, and what happens to that when the order is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hourglass.kernel import Malformed
from hourglass.messages import attribute, credited, earned
from hourglass.messages.attribution.rules import read_rules
from hourglass.postgres import find_workspace
from tests.messages.shop import NOW, SHOP, Shop, days


class Books:
    """Orders and messages, put down as other stages would have done."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def message(self, person: int, channel: str = "email", **moments: datetime) -> int:
        id_ = self.shop.queue(person, channel=channel, created_at=NOW)
        self.shop.run(
            "UPDATE messages SET state = 'sent', sent_at = %(sent)s, opened_at = %(opened)s, clicked_at = %(clicked)s"
            " WHERE id = %(id)s", id=id_, sent=moments.get("sent", NOW), opened=moments.get("opened"),
            clicked=moments.get("clicked"),
        )  # fmt: skip
        return id_

    def order(self, person: int, at: datetime, id_: str = "o1", revenue: int = 5000, **more: Any) -> None:
        told = {"state": "completed", "currency": "EUR", "historical": False, **more}
        self.shop.run(
            "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
            " currency, historical) VALUES (1, %(id)s, 1, %(person)s, %(state)s, %(at)s, %(at)s, %(revenue)s,"
            " %(currency)s, %(historical)s)", id=id_, person=person, at=at, revenue=revenue, **told,
        )  # fmt: skip

    def settle(self, settings: dict[str, Any] | None = None) -> int:
        with self.shop.database.transaction() as tx:
            workspace = replace(find_workspace(tx), settings=settings or {})
            return attribute(tx, workspace, NOW - days(1), NOW + days(30))

    def credited(self) -> dict[str, int]:
        return {row[0]: row[1] for row in self.shop.run("SELECT order_id, message_id FROM attributions")}


@pytest.fixture
def books(shop: Shop) -> Books:
    return Books(shop)


def test_the_last_message_that_was_opened_before_gets_the_order(books: Books) -> None:
    anna = books.shop.person()
    books.message(anna, opened=NOW + days(1))
    last = books.message(anna, opened=NOW + days(2))
    books.message(anna, opened=NOW + days(4))
    books.message(anna)
    books.order(anna, NOW + days(3))
    books.settle()
    assert books.credited() == {"o1": last}


@pytest.mark.parametrize(
    ("channel", "after", "credited"),
    [
        ("email", timedelta(days=4, hours=23), True),
        ("email", timedelta(days=5, seconds=1), False),
        ("sms", timedelta(hours=11), True),
        ("sms", timedelta(hours=13), False),
        ("push", timedelta(hours=23), True),
        ("push", timedelta(hours=25), False),
        ("post", timedelta(hours=1), False),
    ],
)
def test_each_channel_has_its_window(books: Books, channel: str, after: timedelta, credited: bool) -> None:
    anna = books.shop.person()
    id_ = books.message(anna, channel, opened=NOW)
    books.order(anna, NOW + after)
    books.settle()
    assert books.credited() == ({"o1": id_} if credited else {})


def test_the_touch_that_counts_is_a_setting(books: Books) -> None:
    anna = books.shop.person()
    opened, clicked = books.message(anna, opened=NOW + days(2)), books.message(anna, clicked=NOW + days(1))
    sent = books.message(anna, sent=NOW + timedelta(days=2, hours=1))
    books.order(anna, NOW + days(3))
    for touch, expected in (("opened", opened), ("clicked", clicked), ("sent", sent)):
        books.settle({"attribution": {"email": {"touch": touch, "within": "7d"}}})
        assert books.credited() == {"o1": expected}


def test_letters_about_an_order_and_history_are_not_credited(books: Books) -> None:
    anna = books.shop.person()
    id_ = books.message(anna, opened=NOW)
    books.order(anna, NOW + days(1), historical=True)
    books.settle()
    books.shop.run("UPDATE messages SET class = 'transactional' WHERE id = %(id)s", id=id_)
    books.order(anna, NOW + days(1), "o2")
    books.settle()
    assert books.credited() == {}


def test_what_is_cancelled_or_refunded_is_taken_back_at_once(books: Books) -> None:
    anna = books.shop.person()
    id_ = books.message(anna, opened=NOW)
    source = books.shop.message(id_)["journey_id"]
    for name in ("o1", "o2", "o3"):
        books.order(anna, NOW + days(1), name)
    books.settle()
    books.shop.run("UPDATE orders SET state = 'cancelled' WHERE id = 'o1'")
    books.shop.run("UPDATE orders SET state = 'refunded', refunded = 2000 WHERE id = 'o2'")
    with books.shop.database.transaction() as tx:
        [line] = earned(tx, SHOP, [source])
        whole = credited(tx, find_workspace(tx))
    assert (line.orders, line.kept, line.revenue, line.currency) == (3, 2, 8000, "EUR")
    assert (whole.orders, whole.revenue) == (line.kept, line.revenue)


def test_an_order_of_somebody_absorbed_later_is_the_person_s(books: Books) -> None:
    anna, visitor = books.shop.person(), books.shop.person("visitor@customers.example")
    id_ = books.message(visitor, opened=NOW)
    books.order(anna, NOW + days(1))
    books.settle()
    assert books.credited() == {}
    books.shop.run("UPDATE profiles SET merged_into = %(anna)s WHERE id = %(visitor)s", anna=anna, visitor=visitor)
    books.settle()
    assert books.credited() == {"o1": id_}
    books.shop.run("UPDATE profiles SET merged_into = NULL WHERE id = %(visitor)s", visitor=visitor)
    books.settle()
    assert books.credited() == {}


def test_deciding_again_changes_nothing(books: Books) -> None:
    anna = books.shop.person()
    books.message(anna, opened=NOW)
    books.order(anna, NOW + days(1))
    assert (books.settle(), books.settle()) == (1, 0)


@pytest.mark.parametrize(
    "wrong", [{"email": {"touch": "seen"}}, {"email": {"within": "soon"}}, {"email": {"days": 5}}, 7]
)
def test_a_setting_that_cannot_be_right_is_refused(wrong: Any) -> None:
    with pytest.raises(Malformed) as error:
        read_rules({"attribution": wrong})
    assert str(error.value.path).startswith("attribution")
