"""Random journeys. `@` stands for the number of the life: each has names of its own, so that lives share only ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from hypothesis import strategies as st

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed

Steps = st.SearchStrategy[list[dict[str, Any]]]
Example = Callable[[Steps], st.SearchStrategy[dict[str, Any]]]

EVENTS = ("Came @", "Nodded @", "Told @", "Product Viewed", "Product Added", "Order Completed")
_SPANS = ("10m", "1h", "1d", "3d")
_CLOCKS = ("00:00", "02:30", "09:00", "23:59")
_VIP = {"trait": "vip @", "op": "equals", "value": True}
_ORDERED = {"event": "Order Completed"}
_CONDITIONS = (_VIP, _ORDERED, {"not": _ORDERED}, {"event": "Nodded @"})

spans, events, conditions = (st.sampled_from(some) for some in (_SPANS, EVENTS, _CONDITIONS))


def _just(*steps: dict[str, Any]) -> Example:
    """A step without others in it."""
    return lambda _: st.sampled_from(steps)


def _await(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    wait = {"event": events, "timeout": spans, "then": inner, "else": inner}
    return st.fixed_dictionaries({"wait": st.fixed_dictionaries(wait)})


def _webhook(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    call = {"url": st.just("https://shop.example/@"), "timeout": spans, "then": inner, "else": inner}
    return st.fixed_dictionaries({"webhook": st.fixed_dictionaries(call)})


def _branch(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    arm = st.fixed_dictionaries({"when": conditions, "do": inner})
    return st.fixed_dictionaries({"branch": st.lists(arm, min_size=1, max_size=2)})


def _split(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    arm = st.fixed_dictionaries({"weight": st.integers(1, 3), "do": inner})
    return st.fixed_dictionaries({"split": st.lists(arm, min_size=2, max_size=3)})


def _bandit(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    arms = st.lists(st.fixed_dictionaries({"do": inner}), min_size=2, max_size=2)
    return st.fixed_dictionaries({"bandit": arms, "reward": st.sampled_from(["goal", "order"]), "within": spans})


def _digest(_: Steps) -> st.SearchStrategy[dict[str, Any]]:
    gathered = {"collect": events, "for": spans, "empty": st.sampled_from(["exit", "go_on"])}
    return st.fixed_dictionaries({"digest": st.fixed_dictionaries(gathered)})


def _something(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return steps or [{"wait": "1h"}]


def _repeat(inner: Steps) -> st.SearchStrategy[dict[str, Any]]:
    loop = {"times": st.integers(1, 3), "do": inner.map(_something)}
    return st.fixed_dictionaries({"repeat": st.fixed_dictionaries(loop, optional={"until": st.just(_ORDERED)})})


PLAIN: dict[str, Example] = {
    "wait": _just(
        *({"wait": span} for span in ("0m", *_SPANS)),
        {"wait": "1h", "jitter": "5m"},
        *({"wait": {"until": clock}} for clock in _CLOCKS),
        {"wait": {"weekdays": ["mon", "sun"], "between": ["02:30", "20:00"]}},
        {"wait": {"date": "renewal @", "past": "exit"}},
        {"wait": {"date": "renewal @", "offset": "-1d", "past": "go_on"}},
    ),
    "send": _just({"send": {"channel": "email", "template": "hello"}}),
    "goal": _just({"goal": "half-way"}),
    "exit": _just({"exit": "enough"}),
    "go": _just({"go": "back"}),
    "start": _just({"start": "other-@"}),
    "update": _just({"update": {"traits": {"vip @": True}}}, {"update": {"traits": {"renewal @": None}}}),
    "list": _just({"list": {"add": "list-@"}}, {"list": {"remove": "list-@"}}),
    "emit": _just(*({"emit": {"event": f"{word} @"}} for word in ("Told", "Nodded", "Came"))),
    "promo": _just({"promo": {"pool": "pool-@"}}, {"promo": {"pool": "pool-@", "empty": "go_on"}}),
    "task": _just({"task": {"title": "Call them"}}),
    "alert": _just({"alert": {"text": "Look at @"}}),
    "batch": _just({"batch": {"size": 2, "or_after": "1h"}}, {"batch": {"size": 3, "or_after": "3d"}}),
    "audience": _just({"audience": {"add_to": "big", "connector": "ads"}}),
    "throttle": _just({"throttle": {"at_most": 1, "per": "1h"}}, {"throttle": {"at_most": 2, "per": "1d"}}),
}
"""An example of every kind of step that holds no others, by its word."""

NESTING: dict[str, Example] = {
    "wait": _await,
    "webhook": _webhook,
    "branch": _branch,
    "split": _split,
    "bandit": _bandit,
    "digest": _digest,
    "repeat": _repeat,
}
"""... and of those that hold others."""

_none: Steps = st.just([])
_simple = st.one_of(*(example(_none) for example in PLAIN.values()))
_deep = st.lists(
    st.one_of(_simple, *(example(st.lists(_simple, max_size=2)) for example in NESTING.values())), max_size=2
)
_steps = st.lists(st.one_of(_simple, *(example(_deep) for example in NESTING.values())), min_size=1, max_size=4)


@st.composite
def steps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few of them, the first with an id that `go` leads to; every digest has one, too."""
    first, *rest = _labelled(draw(_steps), count(1))
    return [{**first, "id": "back"}, *rest]


def _labelled(found: Any, numbers: Iterator[int]) -> Any:
    if isinstance(found, list):
        return [_labelled(one, numbers) for one in found]
    if not isinstance(found, dict):
        return found
    label = {"id": f"digest{next(numbers)}"} if "digest" in found else {}
    return {**label, **{word: _labelled(one, numbers) for word, one in found.items()}}


ENTRIES: tuple[dict[str, Any], ...] = (
    *[{"event": "Came @"}] * 6,
    {"event": "Product Added", "where": [{"property": "product_id", "op": "equals", "value": "tea-@"}]},
    {"event": "Came @", "throttle": "4/h"},
    {"segment": "vips-@"},
    {"segment": "vips-@", "on": "left"},
    {"segment": "vips-@", "existing": True},
    {"schedule": {"every": "day", "at": "02:30"}, "segment": "vips-@"},
    {"date": "renewal @", "at": "02:30"},
    {"product": "price_drop", "by": "10%"},
    {"api": True},
)


def _accepted(document: dict[str, Any]) -> bool:
    """What could run for ever is refused; so many at once would be too many, too."""
    told = str(document["steps"])
    try:
        read_journey(document)
    except Malformed:
        return False
    return document["reentry"] != "parallel" or "'emit': {'event': 'Came @'}" not in told


documents = st.fixed_dictionaries(
    {
        "kind": st.just("journey"),
        "key": st.just("journey-@"),
        "entry": st.sampled_from(ENTRIES),
        "reentry": st.sampled_from(["once", "after_exit", "parallel", {"after": "1d"}]),
        "steps": steps(),
    },
    optional={
        "exit_when": st.sampled_from([_ORDERED, _VIP]),
        "goal": st.sampled_from([_ORDERED, {"when": {"event": "Nodded @"}, "leave": False}]),
        "correlate": st.just("cart_id"),
        "control": st.sampled_from([0, 0, 30]),
    },
).filter(_accepted)

BESIDE: dict[str, dict[str, Any]] = {
    "vips-@": {"kind": "segment", "key": "vips-@", "name": "@", "when": _VIP},
    "list-@": {"kind": "segment", "key": "list-@", "name": "@", "list": True},
    "other-@": {
        "kind": "journey",
        "key": "other-@",
        "entry": {"manual": True},
        "steps": [{"wait": "10m"}, {"send": {"channel": "email", "template": "hello"}}],
    },
}
"""What a journey may speak of, by its key; defined where it does."""
