from __future__ import annotations

from typing import Any

import pytest

from hourglass.messages.gate.address import domain_of, looks_alike, mailbox, thrown_away
from hourglass.messages.gate.domains import worth_asking
from tests.messages.gate.cases import case, refusal

LONG = "a" * 1_000_000


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        (None, "address_missing"),
        ("", "address_missing"),
        ("anna", "address_invalid"),
        ("anna@localhost", "address_invalid"),
        ("a b@c.example", "address_invalid"),
        ("anna@c.example\r\nBcc: x@y.example", "address_invalid"),
        ("anna@c.example\0", "address_invalid"),
        ("anna@c.example,x@y.example", "address_invalid"),
        ("<anna@c.example>", "address_invalid"),
        ("anna@[127.0.0.1]", "address_invalid"),
        ("anna@@c.example", "address_invalid"),
        (".anna@c.example", "address_invalid"),
        ("anna@-c.example", "address_invalid"),
        ("anna@c..example", "address_invalid"),
        ("anna@" + "x" * 300 + ".example", "address_invalid"),
        ("x" * 65 + "@c.example", "address_invalid"),
        (LONG + "@c.example", "address_invalid"),
        ("anna\u202e@c.example", "address_invalid"),
        ("anna\u200b@c.example", "address_invalid"),
        ("postmaster@c.example", "address_role"),
        ("No-Reply+x@c.example", "address_role"),
        ("a@mailinator.com", "address_disposable"),
        ("a@deep.mailinator.com", "address_disposable"),
        ("anna@пример.рф", None),
        ("anna@xn--e1afmkfd.xn--p1ai", None),
        ("анна@c.example", None),
        ("josé@c.example", None),
        ("o'neil@c.example", None),
    ],
)
def test_an_address_must_be_able_to_be_right(email: str | None, reason: str | None) -> None:
    assert refusal(case(address=email)) == reason


@pytest.mark.parametrize(
    ("address", "mixed"),
    [
        ("anna@pаypal.com", True),  # the first а is Cyrillic
        ("аnna@c.example", True),  # so is this one
        ("anna@xn--pypal-4ve.com", True),  # the same domain as ASCII
        ("анна@пример.рф", False),
        ("анна.smith@пример.com", False),  # alphabets differ between words, not within one
        ("josé@c.example", False),
    ],
)
def test_alphabets_that_look_alike_are_not_mixed_within_a_word(address: str, mixed: bool) -> None:
    assert looks_alike(address) is mixed
    assert (refusal(case(address=address)) == "address_lookalike") is mixed


def test_a_policy_may_allow_what_looks_wrong() -> None:
    allow: dict[str, Any] = {"allow": {"roles": True, "disposable": True, "without_mail": True}}
    for address in ("postmaster@c.example", "a@mailinator.com"):
        assert refusal(case(address=address, rules=allow)) is None
    assert refusal(case(takes_mail=False)) == "address_without_mail"
    assert refusal(case(takes_mail=False, rules=allow)) is None


def test_what_the_dns_does_not_know_yet_may_be_right() -> None:
    assert refusal(case(takes_mail=None)) is None
    assert refusal(case(takes_mail=False, kind="transactional")) is None, "whether an order is told is for the server"


def test_the_server_gets_ascii_domains() -> None:
    assert mailbox("Anna@Пример.рф") == "Anna@xn--e1afmkfd.xn--p1ai"
    assert domain_of("Anna@Пример.РФ") == "xn--e1afmkfd.xn--p1ai"
    assert domain_of("anna@C.Example") == "c.example"


def test_names_for_examples_are_nobodys() -> None:
    assert not any(map(worth_asking, ("shop.example", "example.com", "localhost", "a.test", "")))
    assert worth_asking("gmail.com")


def test_a_throw_away_domain_is_known_with_what_is_below_it() -> None:
    assert thrown_away("mailinator.com")
    assert thrown_away("x.mailinator.com")
    assert not thrown_away("gmail.com")
    assert not thrown_away("com")
