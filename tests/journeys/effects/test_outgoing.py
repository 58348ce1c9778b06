"""What a journey's call may carry out, and what an answer may bring in."""

from __future__ import annotations

import gzip

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.journeys.effects.asking import journey, viewed
from tests.journeys.effects.system import ways, webhook


def test_a_header_says_a_name_in_any_script(shop, calls, system):
    shop.define(journey(webhook(system, headers={"x-name": "{{ event.sku }}"})))
    shop.send(viewed(sku="Аня"))
    shop.tick()
    assert calls.once() == 1
    assert system.got[0].headers["x-name"].encode("latin-1").decode() == "Аня"


@pytest.mark.parametrize("name", ["Ann\r\nx-role: owner", "Ann\x7f"])
def test_a_name_cannot_add_a_header(shop, calls, system, name):
    shop.define(journey(ways(system, headers={"x-name": "{{ event.sku }}"})))
    shop.send(viewed(sku=name))
    shop.tick()
    assert calls.once() == 1
    assert not [got for got in system.got if "x-role" in got.headers]


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "имя", "a b", "x:y"])
def test_headers_that_say_where_a_call_ends_are_not_for_journeys(system, name):
    with pytest.raises(Malformed) as refused:
        read_journey({"kind": "journey", "key": "j", **journey(webhook(system, headers={name: "1"}))})
    assert str(refused.value.path).endswith(f".headers.{name}")


def test_an_answer_is_never_unpacked(shop, calls, system):
    system.answers = [(200, gzip.compress(b"0" * 10_000_000), {"content-encoding": "gzip"})]
    shop.define(journey(ways(system)))
    shop.send(viewed())
    shop.tick()
    assert calls.once() == 1
    assert system.got[0].headers["accept-encoding"] == "identity"
    assert shop.rows("SELECT detail IS NOT NULL FROM journey_calls") == [(False,)], "10 kB came, 10 kB were looked at"
