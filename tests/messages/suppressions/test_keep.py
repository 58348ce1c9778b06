from __future__ import annotations

from io import StringIO

import pytest

from hourglass.kernel import Conflict, Malformed, NotFound
from hourglass.messages import listed_in, release, suppress, suppressions, write_suppressions
from hourglass.messages.suppressions.keep import changes
from tests.messages.gate.judging import judged
from tests.messages.shop import NOW, SHOP, Shop


def add(shop: Shop, *addresses: str, reason: str = "asked by phone") -> tuple[int, int, int]:
    with shop.database.transaction() as tx:
        done = suppress(tx, SHOP, "email", addresses, reason=reason, author="Olga", now=NOW)
    return done.added, done.known, done.wrong


def test_an_address_on_the_list_is_not_written_to_until_it_is_taken_off(shop: Shop) -> None:
    anna = shop.person("Anna@customers.example")
    assert add(shop, " ANNA@customers.example ") == (1, 0, 0)
    assert judged(shop, shop.queue(anna, message_class="transactional")) == "suppressed"
    with shop.database.transaction() as tx:
        release(tx, SHOP, "email", "anna@Customers.example", why="she wrote to us", author="Olga", now=NOW)
        assert [(one.action, one.reason, one.author) for one in changes(tx, SHOP)] == [
            ("removed", "she wrote to us", "Olga"),
            ("added", "asked by phone", "Olga"),
        ]
    assert judged(shop, shop.queue(anna, message_class="transactional")) is None


def test_an_import_says_what_was_new_known_and_wrong(shop: Shop) -> None:
    add(shop, "a@c.example")
    [told] = listed_in('\ufeffemail,name\n"b@c.example",Ben\nA@c.example\n\nnonsense\nc@c.example,x\n', "email", "old")
    assert add(shop, *told.addresses) == (2, 1, 1)
    many = [f"p{n}@c.example" for n in range(250)]
    assert add(shop, *many) == (250, 0, 0)


@pytest.mark.parametrize(("text", "told"), [
    ("a@c.example\nb@c.example\n", [("email", "old", ["a@c.example", "b@c.example"])]),
    ("a@c.example;Anna\n", [("email", "old", ["a@c.example"])]),
    ("reason;e-mail\ncomplained;a@c.example\n;b@c.example\n",
     [("email", "complained", ["a@c.example"]), ("email", "old", ["b@c.example"])]),
    ("phone,channel\n+77011234567,sms\n", [("sms", "old", ["+77011234567"])]),
    ("", []),
])  # fmt: skip
def test_files_tell_channels_and_reasons(text: str, told: list[tuple[str, str, list[str]]]) -> None:
    assert [(one.channel, one.reason, one.addresses) for one in listed_in(text, "email", "old")] == told


def test_what_one_writes_another_reads(shop: Shop) -> None:
    add(shop, *(f"p{n:03}@c.example" for n in range(120)))
    add(shop, "odd,quoted@c.example", "a@c.example", reason="complained")
    out = StringIO()
    with shop.database.transaction() as tx:
        count = write_suppressions(tx, SHOP, None, out)
    lists = {one.reason: one.addresses for one in listed_in(out.getvalue(), "sms", "imported")}
    assert count == 121
    assert len(lists["asked by phone"]) == 120
    assert lists["complained"] == ["a@c.example"]


def test_the_list_comes_in_pages_and_is_searched(shop: Shop) -> None:
    add(shop, *(f"p{n:03}@c.example" for n in range(150)), "x_y@c.example")
    with shop.database.transaction() as tx:
        first = suppressions(tx, SHOP)
        rest = suppressions(tx, SHOP, cursor=first.next)
        assert (len(first.suppressions), len(rest.suppressions), rest.next) == (100, 51, None)
        assert [one.address for one in suppressions(tx, SHOP, text="X_Y").suppressions] == ["x_y@c.example"]
        assert suppressions(tx, SHOP, channel="sms").suppressions == []
        with pytest.raises(Malformed):
            suppressions(tx, SHOP, cursor="%%%")


def test_who_complained_is_taken_off_on_purpose_only(shop: Shop) -> None:
    add(shop, "a@c.example", reason="complained")
    with shop.database.transaction() as tx:
        with pytest.raises(Conflict):
            release(tx, SHOP, "email", "a@c.example", why="?", author="Olga", now=NOW)
        release(tx, SHOP, "email", "a@c.example", why="asked again", author="Olga", now=NOW, force=True)
        with pytest.raises(NotFound):
            release(tx, SHOP, "email", "a@c.example", why="?", author="Olga", now=NOW)
