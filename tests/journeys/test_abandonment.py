"""One session that looks, adds and goes to the checkout brings one chain of reminders, without a rule of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hourglass.messages import Rehearsal, why
from hourglass.postgres import Database, find_workspace
from tests.engine.shop import SHOP, TEMPLATE, Shop


def reminder(key: str, event: str, *waits: str, **more: Any) -> dict[str, Any]:
    """A journey with a letter after each wait."""
    steps = [step for wait in waits for step in ({"wait": wait}, {"send": {"channel": "email", "template": key}})]
    goal = {"event": "Order Completed"}
    return {"kind": "journey", "key": key, "entry": {"event": event}, "goal": goal, "steps": steps, **more}


def template(key: str) -> dict[str, Any]:
    return TEMPLATE | {"key": key}


class Session:
    """A shop where somebody who agreed to mail comes by, and what they get in the days after."""

    def __init__(self, database: Database) -> None:
        self.shop = Shop(database)
        self._rehearsal = Rehearsal()
        self.shop.define(*(template(key) for key in ("view", "cart", "checkout")))
        self.shop.send(
            {"type": "identify", "userId": "anna", "traits": {"email": "anna@customers.example"}},
            {"userId": "anna", "event": "Consent Granted", "properties": {"channel": "email", "topic": "news"}},
        )
        self.shop.tick()

    def comes(self, *events: str) -> None:
        """Five minutes from each to the next."""
        for event in events:
            self.shop.send({"userId": "anna", "event": event, "properties": {"product_id": "mug", "cart_id": "c1"}})
            self.shop.tick()
            self.shop.clock.advance(timedelta(minutes=5))

    def days(self, count: int) -> list[str]:
        """What leaves in so many days, in order."""
        for _ in range(24 * count):
            self.shop.tick(timedelta(hours=1))
            with self.shop.database.transaction() as tx:
                self._rehearsal.deliver(tx, self.shop.clock.now())
        return [row[0] for row in self.shop.rows("SELECT template FROM messages WHERE state = 'sent' ORDER BY sent_at")]

    def why(self, journey: str) -> str:
        """How it ended, in words."""
        with self.shop.database.transaction() as tx:
            return why(tx, find_workspace(tx, SHOP), "anna@customers.example", "journey", journey).summary["en"]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    made = Session(database)
    yield made
    made.shop.worker.close()


def test_the_one_closest_to_the_order_writes_and_the_others_tell_why_not(session: Session) -> None:
    session.shop.define(
        reminder("view", "Product Viewed", "1h", "1d"),
        reminder("cart", "Product Added", "1h", "1d"),
        reminder("checkout", "Checkout Started", "2h", "1d"),
    )
    session.comes("Product Viewed", "Product Added", "Checkout Started")
    assert session.days(3) == ["checkout", "checkout"]
    assert "a stronger journey has the place (abandonment: checkout)" in session.why("view")
    assert "a stronger journey has the place (abandonment: checkout)" in session.why("cart")


def test_a_priority_of_its_own_or_no_slot_decides_otherwise(session: Session) -> None:
    session.shop.define(
        reminder("view", "Product Viewed", "1h", slot="none"),
        reminder("cart", "Product Added", "1h", priority=95),
        reminder("checkout", "Checkout Started", "2h"),
    )
    session.comes("Product Viewed", "Product Added", "Checkout Started")
    assert session.days(1) == ["view", "cart"]


def test_a_stronger_one_that_is_paused_holds_no_place(session: Session) -> None:
    session.shop.define(reminder("view", "Product Viewed", "1h"), reminder("cart", "Product Added", "1h"))
    session.comes("Product Viewed", "Product Added")
    session.shop.define(reminder("cart", "Product Added", "1h", state="paused"))
    assert session.days(1) == ["view"]
