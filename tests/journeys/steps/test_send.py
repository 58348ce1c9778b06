"""Send: by which channels, in which order, and what becomes of it when somebody is done before the next one."""

from __future__ import annotations

import pytest

from hourglass.journeys import Guest, Invitation, enter, read_journey
from hourglass.journeys.steps import SendStep
from hourglass.kernel import Malformed
from hourglass.messages import why
from hourglass.messages.outbox.fall_back import fall_back
from hourglass.postgres import find_workspace
from tests.engine.shop import SHOP, TEMPLATE

SIGNED_UP = {"userId": "anna", "event": "Signed Up", "context": {"traits": {"email": "anna@customers.example"}}}


def journey(send, **more):
    entry = {"event": "Signed Up"}
    return {"kind": "journey", "key": "walk", "entry": entry, "steps": [{"send": send}], **more}


def sent(send):
    step = read_journey(journey(send)).program.nodes["steps[0]"].step
    assert isinstance(step, SendStep)
    return step


def test_others_have_the_same_template_unless_they_name_their_own():
    step = sent({"channel": "email", "template": "cart", "else": ["telegram", {"channel": "sms", "template": "short"}]})
    assert [(one.channel, one.template) for one in step.send.others] == [("telegram", "cart"), ("sms", "short")]
    assert step.summary() == "email → telegram → sms · cart"
    assert sent({"channel": "cheapest", "of": ["email", "sms"], "template": "cart"}).summary() == "email | sms · cart"


@pytest.mark.parametrize(
    ("send", "path"),
    [
        ({"channel": "email", "template": "a", "else": ["sms", "email"]}, "steps[0].send.else"),
        ({"channel": "email", "template": "a", "else": [{"channel": "sms", "text": "b"}]}, "steps[0].send.else[0]"),
        ({"channel": "email", "template": "a", "else": [3]}, "steps[0].send.else[0]"),
        ({"channel": "email", "template": "a", "of": ["sms"]}, "steps[0].send"),
        ({"channel": "cheapest", "template": "a", "of": ["sms"]}, "steps[0].send.of"),
        ({"channel": "cheapest", "of": ["sms", "email"]}, "steps[0].send"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(send, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(send))
    assert refused.value.path == path


def test_who_is_done_before_the_next_channel_brings_it_gets_nothing_and_why_tells_it_all(shop):
    send = {"channel": "email", "template": "hello", "else": ["sms"]}
    shop.define(TEMPLATE, journey(send, exit_when={"event": "Order Completed"}))
    shop.send(SIGNED_UP)
    shop.tick()
    [(id_, proof)] = shop.rows("SELECT id, proof::text FROM messages")
    shop.rows("UPDATE messages SET state = 'sent', sent_at = %s RETURNING 1", shop.clock.now())
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick()
    told = {"message_id": id_, "proof": proof, "channel": "email", "permanent": True}
    shop.send({"userId": "anna", "event": "Message Bounced", "properties": told})
    shop.tick()
    assert shop.messages() == [("hello", "withheld", "journey_exited")]
    with shop.database.transaction() as tx:
        chain = why(tx, find_workspace(tx, SHOP), "anna", "journey", "walk").chain
    [fell_back] = [link for link in chain if link.code == "fell_back"]
    assert fell_back.words["en"] == "email cannot bring it: it came back. Next: sms"


def test_a_message_that_no_channel_can_bring_says_the_last_reason(shop):
    shop.define(TEMPLATE, journey({"channel": "email", "template": "hello", "else": ["sms"]}))
    shop.send(SIGNED_UP)
    shop.tick()
    for left in (1, 0):
        shop.rows("UPDATE messages SET state = 'withheld', reason = 'no_consent' RETURNING 1")
        [(id_,)] = shop.rows("SELECT id FROM messages")
        with shop.database.transaction() as tx:
            assert fall_back(tx, [(1, id_)], shop.clock.now()) == left
    assert shop.messages() == [("hello", "withheld", "no_consent")]


@pytest.mark.parametrize(
    ("entry", "more", "only_if"),
    [
        ({"product": "price_drop"}, {}, ["in_stock", "price_holds"]),
        ({"product": "back_in_stock"}, {}, ["in_stock"]),
        ({"product": "price_drop"}, {"if_in_stock": False, "if_price_holds": False}, None),
        ({"event": "Product Added"}, {}, None),
        ({"event": "Product Added"}, {"if_in_stock": True}, ["in_stock"]),
    ],
)
def test_what_products_let_in_depends_on_them_unless_it_says_otherwise(shop, entry, more, only_if):
    send = {"channel": "email", "template": "hello", **more}
    shop.define(TEMPLATE, journey(send) | {"entry": entry})
    added = {"event": "Product Added", "properties": {"product_id": "p1", "price": 5}}
    shop.send({"userId": "anna", **added})
    shop.tick()
    if not shop.messages():
        with shop.database.transaction() as tx:
            who = Invitation(people=[Guest(user_id="anna")])
            enter(tx, find_workspace(tx, SHOP), "walk", who, shop.clock.now())
        shop.tick()
    assert [row[0].get("only_if") for row in shop.rows("SELECT facts FROM messages")] == [only_if]
