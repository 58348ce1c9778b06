"""Sequences: by hand, and against a naive walk through thousands of random histories, ties included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hourglass.audience import describe, parse_condition
from hourglass.kernel import Malformed
from tests.audience.leaves.frames import NOW, Told, ago, ask, due, who

ADDED, CHECKOUT, ORDER = "Product Added", "Checkout Started", "Order Completed"
THREE = {"sequence": [{"event": ADDED}, {"event": CHECKOUT, "gap": "2h"}, {"not": {"event": ORDER}}], "within": "7d"}


def history(*told: tuple[str, float]) -> list[Told]:
    """Events of one person, each so many hours ago."""
    return [(1, name, ago(hours=hours)) for name, hours in told]


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ([(ADDED, 5), (CHECKOUT, 4)], True),
        ([(CHECKOUT, 5), (ADDED, 4)], False),
        ([(ADDED, 5), (CHECKOUT, 3)], True),
        ([(ADDED, 5), (CHECKOUT, 2.99)], False),
        ([(ADDED, 5), (ADDED, 3), (CHECKOUT, 2)], True),
        ([(ADDED, 5), (CHECKOUT, 4), (ORDER, 3)], False),
        ([(ADDED, 5), (CHECKOUT, 4), (ORDER, 3), (ADDED, 2), (CHECKOUT, 1)], True),
        ([(ADDED, 7 * 24), (CHECKOUT, 7 * 24 - 1)], True),
        ([(ADDED, 7 * 24 + 1), (CHECKOUT, 7 * 24)], False),
        ([(ADDED, 4), (CHECKOUT, 4)], True),
        ([(CHECKOUT, 4), (ADDED, 4)], False),
        ([(ADDED, 5), (CHECKOUT, -1)], False),
    ],
)
def test_a_chain_by_hand(told, holds):
    assert who(THREE, history(*told)) == ([1] if holds else [])


def test_what_comes_between_breaks_a_chain():
    document = {
        "sequence": [{"event": ADDED}, {"not": {"event": ORDER}}, {"not": {"event": "Left"}}, {"event": CHECKOUT}]
    }
    assert who(document, history((ADDED, 3), (CHECKOUT, 1))) == [1]
    assert who(document, history((ADDED, 3), (ORDER, 2), (CHECKOUT, 1))) == []
    assert who(document, history((ADDED, 3), ("Left", 2), (CHECKOUT, 1))) == []
    assert who(document, history((ADDED, 3), (ORDER, 2), (ADDED, 1.5), (CHECKOUT, 1))) == [1]


def test_an_absence_that_lasts_is_true_once_its_time_has_passed():
    document = {"sequence": [{"event": ADDED}, {"not": {"event": ORDER}, "for": "2h"}]}
    young, old = history((ADDED, 1)), history((ADDED, 2))
    assert (who(document, young), who(document, old)) == ([], [1])
    assert due(document, young) == {1: NOW + timedelta(hours=1)}
    assert who(document, history((ADDED, 5), (ORDER, 3))) == [1]
    assert who(document, history((ADDED, 5), (ORDER, 3.01))) == []


def test_a_chain_leaves_the_window_at_the_moment_it_says():
    told = history((ADDED, 50), (CHECKOUT, 49), (ADDED, 30), (CHECKOUT, 29))
    flip = ago(hours=30) + timedelta(days=7, microseconds=1)
    assert due(THREE, told) == {1: flip}
    assert who(THREE, told, flip - timedelta(microseconds=1)) == [1]
    assert who(THREE, told, flip) == []


def test_what_a_line_says_is_said_of_its_event():
    shoes = {"property": "products.category", "value": "shoes"}
    hats = {"property": "products.category", "value": "hats"}
    document = {"sequence": [{"event": ORDER, "where": [shoes]}, {"event": ORDER, "where": [hats]}]}
    both = {"products": [{"category": "hats"}, {"category": "shoes"}]}
    one = [{"products": [{"category": what}]} for what in ("shoes", "hats")]
    plain: dict[str, Any] = {}
    assert who(document, [(1, ORDER, ago(days=2), one[0]), (1, ORDER, ago(days=1), one[1])]) == [1]
    assert who(document, [(1, ORDER, ago(days=2), one[1]), (1, ORDER, ago(days=1), one[0])]) == []
    assert who(document, [(1, ORDER, ago(days=1), both)]) == []
    assert who(document, [(1, ORDER, ago(days=2), both), (1, ORDER, ago(days=1), both)]) == [1]
    absent = {"sequence": [{"event": ORDER, "where": [shoes]}, {"not": {"event": "Returned"}}]}
    assert who(absent, [(1, ORDER, ago(days=2), both), (1, "Returned", ago(days=1), plain)]) == []


# ── the naive twin ──────────────────────────────────────────────────────────

Happened = tuple[datetime, str]


def naive(document: dict[str, Any], told: Sequence[Happened], now: datetime) -> bool:
    """Every way to choose events for the steps is tried; `told` is in order."""
    steps = document["sequence"]
    wanted = [place for place, step in enumerate(steps) if "event" in step]
    past = [one for one in told if one[0] <= now]
    return any(
        _fits(document, steps, wanted, chosen, past, now) for chosen in product(range(len(past)), repeat=len(wanted))
    )


def _fits(document, steps, wanted, chosen, past, now) -> bool:
    if list(chosen) != sorted(set(chosen)):
        return False
    for place, here in zip(wanted, chosen, strict=True):
        if past[here][1] != steps[place]["event"]:
            return False
    for (_, before), (place, here) in zip(
        zip(wanted, chosen, strict=False), list(zip(wanted, chosen, strict=True))[1:], strict=False
    ):
        gap = steps[place].get("gap")
        if gap and past[here][0] - past[before][0] > seconds(gap):
            return False
    bounds = [*chosen, len(past)]
    for number, place in enumerate(wanted):
        following = wanted[number + 1] if number + 1 < len(wanted) else len(steps)
        for step in steps[place + 1 : following]:
            between = past[bounds[number] + 1 : bounds[number + 1]]
            if not _absent(step, past[bounds[number]][0], between, now):
                return False
    within = document.get("within")
    return within is None or now - past[chosen[0]][0] <= seconds(within)


def _absent(step, after: datetime, between: Sequence[Happened], now: datetime) -> bool:
    unwanted = [at for at, name in between if name == step["not"]["event"]]
    if "for" not in step:
        return not unwanted
    return now - after >= seconds(step["for"]) and all(at - after >= seconds(step["for"]) for at in unwanted)


def seconds(text: str) -> timedelta:
    return timedelta(seconds=int(text[:-1]))


names = st.sampled_from("ABC")
spans = st.integers(1, 6).map(lambda n: f"{n}s")


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 3))
    steps: list[dict[str, Any]] = [{"event": draw(names)}]
    for _ in range(count - 1):
        steps += [{"not": {"event": draw(names)}} for _ in range(draw(st.integers(0, 1)))]
        steps.append({"event": draw(names)} | ({"gap": draw(spans)} if draw(st.booleans()) else {}))
    for _ in range(draw(st.integers(1 if count == 1 else 0, 2))):
        steps.append({"not": {"event": draw(names)}} | ({"for": draw(spans)} if draw(st.booleans()) else {}))
    return {"sequence": steps} | ({"within": draw(spans)} if draw(st.booleans()) else {})


def crowd(seed: int, people: int) -> dict[int, list[Happened]]:
    """Short histories with many ties."""
    chance = Random(seed)
    return {
        one: sorted(
            ((ago(seconds=chance.randint(0, 8)), chance.choice("ABC")) for _ in range(chance.randint(0, 7))),
            key=lambda happened: happened[0],
        )
        for one in range(people)
    }


def check(documents_: list[dict[str, Any]], seed: int, people: int) -> None:
    told = crowd(seed, people)
    rows: list[Told] = [(one, name, at) for one, events in told.items() for at, name in events]
    for document in documents_:
        answers = ask({"it": document}, rows, subjects=list(told))
        for subject, holds, flips in answers.select("subject", "it", "due").iter_rows():
            assert holds is naive(document, told[subject], NOW), (document, told[subject])
            _never_late(document, told[subject], holds, flips)


def _never_late(document: dict[str, Any], told: list[Happened], holds: bool, flips: datetime | None) -> None:
    """Nothing changes before the moment that was announced."""
    moments = {NOW + timedelta(seconds=n, microseconds=extra) for n in range(8) for extra in (0, 1)} - {NOW}
    before = [moment for moment in moments if flips is None or moment < flips]
    assert flips is None or flips > NOW
    assert all(naive(document, told, moment) is holds for moment in before), (document, told, flips)


@settings(max_examples=60)
@given(st.lists(documents(), min_size=1, max_size=2), st.integers(0, 10**9))
def test_it_agrees_with_a_naive_walk(documents_, seed):
    check(documents_, seed, people=20)


@pytest.mark.long
@settings(max_examples=1000)
@given(st.lists(documents(), min_size=1, max_size=4), st.integers(0, 10**9))
def test_it_agrees_with_a_naive_walk_for_long(documents_, seed):
    check(documents_, seed, people=40)


# ── documents and words ─────────────────────────────────────────────────────

WRONG = {
    "one step": ([{"event": ADDED}], "condition.sequence"),
    "nothing": ([], "condition.sequence"),
    "begins with a not": ([{"not": {"event": ORDER}}, {"event": ADDED}], "condition.sequence[0].not"),
    "a gap after nothing": ([{"event": ADDED, "gap": "1h"}, {"event": ORDER}], "condition.sequence[0].gap"),
    "a span between": (
        [{"event": ADDED}, {"not": {"event": ORDER}, "for": "1h"}, {"event": CHECKOUT}],
        "condition.sequence[1].for",
    ),
    "a strange field": ([{"event": ADDED}, {"event": ORDER, "within": "1h"}], "condition.sequence[1].within"),
    "no event": ([{"event": ADDED}, {"where": []}], "condition.sequence[1].event"),
    "too many": ([{"event": ADDED}] * 11, "condition.sequence"),
}


@pytest.mark.parametrize(("steps", "path"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_named_with_its_path(steps, path):
    with pytest.raises(Malformed) as refused:
        parse_condition({"sequence": steps})
    assert refused.value.path == path


def test_words_in_both_languages():
    condition = parse_condition(THREE)
    assert describe(condition) == (
        "did “Product Added”, then “Checkout Started” (at most 2 hours later), and no “Order Completed” since, "
        "all in the last 7 days"
    )
    assert describe(condition, "ru") == (
        "сначала «Product Added», затем «Checkout Started» (не позже чем через 2 часа), и с тех пор не было "
        "«Order Completed», всё за последние 7 дней"
    )
