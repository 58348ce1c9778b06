"""Readers do what people, proxies and scanners do, at plausible rates, and the same each time."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from hourglass.demo.readers.habits import deeds
from hourglass.demo.readers.letter import Letter
from hourglass.demo.readers.programs import program
from hourglass.messages.tracking.agents import agent_of
from tests.messages.shop import NOW

NAMES = ("anna", "boris", "clara", "dina")


@pytest.fixture(scope="module")
def crowd() -> list[Letter]:
    whole = Letter(
        recipient="", return_path="", subject="Good light", pixel="/t/o/pixel.gif",
        links=("/t/c/mug", "/t/c/lamp", "/t/c/foot", "/t/c/shop"), trap="/t/c/trap", way_out="/u/out",
    )  # fmt: skip
    people = [f"{NAMES[n % 4]}.bell.{n}@example.com" for n in range(4000)]
    return [msgspec.structs.replace(whole, recipient=one) for one in people]


def counted(letters: list[Letter], kind: str | None = None) -> Counter[str]:
    """Letters by what was done with them; a trap or a proxy is not counted as a person."""
    found: Counter[str] = Counter()
    for letter in letters:
        if kind is not None and program(letter.recipient, "s").kind != kind:
            continue
        found["letters"] += 1
        found.update({f"{one.what}/{agent_of(one.agent) if one.agent else ''}" for one in deeds(letter, NOW, "s")})
    return found


def test_some_read_some_click_few_buy_and_hardly_anybody_complains(crowd: list[Letter]) -> None:
    all_of_it = counted(crowd)
    assert 0.15 < all_of_it["open/human"] / len(crowd) < 0.3
    assert 0.05 < all_of_it["click/human"] / len(crowd) < 0.12
    assert 0.003 < all_of_it["order/"] / len(crowd) < 0.02
    assert 0.004 < all_of_it["bounce/"] / len(crowd) < 0.025
    assert all_of_it["unsubscribe/human"] > 3 * all_of_it["complain/"]


def test_their_own_name_in_the_subject_makes_more_of_them_look(crowd: list[Letter]) -> None:
    named = [msgspec.structs.replace(one, subject=f"{one.recipient.partition('.')[0].title()}, look") for one in crowd]
    assert counted(named)["click/human"] > 1.25 * counted(crowd)["click/human"]


def test_proxies_and_scanners_show_themselves(crowd: list[Letter]) -> None:
    apple, gmail, guarded = (counted(crowd, kind) for kind in ("apple", "gmail", "guarded"))
    assert (apple["open/human"], gmail["open/human"]) == (0, 0)
    assert apple["open/proxy"] > 2 * gmail["open/proxy"] * apple["letters"] / gmail["letters"] > 0
    assert guarded["look/scanner"] > 0.9 * guarded["letters"]
    assert guarded["click/scanner"] > 0.9 * guarded["letters"]


def test_what_cannot_be_declined_is_never_declined_and_sells_nothing(crowd: list[Letter]) -> None:
    orders = counted([msgspec.structs.replace(one, way_out=None) for one in crowd])
    assert not {"unsubscribe/human", "complain/", "order/"} & orders.keys()
    assert orders["open/human"] > counted(crowd)["open/human"]


def test_the_same_person_does_the_same_with_the_same_letter(crowd: list[Letter]) -> None:
    assert [list(deeds(one, NOW, "s")) for one in crowd[:50]] == [list(deeds(one, NOW, "s")) for one in crowd[:50]]
