"""Conditions about several events together: one after the other, and messages with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hourglass.kernel import parse_duration
from tests.audience.oracle.comparisons import compare
from tests.audience.oracle.people import Person, Told, World, as_text
from tests.audience.oracle.rows import lines, where

_ANSWERS = {
    "opened": ("Message Opened", "Message Clicked"),
    "clicked": ("Message Clicked",),
    "delivered": ("Message Delivered",),
}
_HUMAN = ("opened", "clicked")


def messages(document: dict[str, Any], person: Person, world: World) -> bool:
    """Of the last messages that were sent, how many were answered. What names no message is none."""
    past = [one for one in _past(person, world, document.get("within")) if one.properties.get("message_id") is not None]
    asked, did = document["messages"], document["did"]
    filters = {name: asked[name] for name in ("channel", "journey", "template") if name in asked}
    sent = [
        one for one in past
        if one.name == "Message Sent" and all(as_text(one.properties.get(name)) == is_ for name, is_ in filters.items())
    ][-asked.get("last", 10):]  # fmt: skip
    answered = {
        as_text(one.properties.get("message_id"))
        for one in past
        if one.name in _ANSWERS[did] and (did not in _HUMAN or one.properties.get("by") in (None, "human"))
    }
    done = sum(as_text(one.properties.get("message_id")) in answered for one in sent)
    number: Fraction | None = Fraction(done)
    if "unit" in document:
        number = Fraction(done * 100, len(sent)) if sent else None
    return compare(document.get("op", "at_least"), number, document.get("value", 1), world)


def sequence(document: dict[str, Any], person: Person, world: World) -> bool:
    """Every first step is tried, and from each event every later one."""
    past = _past(person, world)
    steps = document["sequence"]
    firsts = [place for place, one in enumerate(past) if _is(steps[0], one, world)]
    if "within" in document:
        firsts = [place for place in firsts if world.now - past[place].at <= parse_duration(document["within"])]
    here, unwanted = set(firsts), list[dict[str, Any]]()
    for step in steps[1:]:
        if "not" in step:
            unwanted.append(step)
            continue
        here = {
            later
            for place in here
            for later in range(place + 1, len(past))
            if _is(step, past[later], world)
            and ("gap" not in step or past[later].at - past[place].at <= parse_duration(step["gap"]))
            and not any(_is(one["not"], told, world) for one in unwanted for told in past[place + 1 : later])
        }
        unwanted = []
    return any(all(_absent(one, past, place, world) for one in unwanted) for place in here)


def _absent(step: dict[str, Any], past: Sequence[Told], place: int, world: World) -> bool:
    came = [one.at - past[place].at for one in past[place + 1 :] if _is(step["not"], one, world)]
    if "for" not in step:
        return not came
    lasting = parse_duration(step["for"])
    return world.now - past[place].at >= lasting and all(after >= lasting for after in came)


def _is(step: dict[str, Any], event: Told, world: World) -> bool:
    return event.name == step["event"] and any(where(step.get("where"), event, line, world) for line in lines(event))


def _past(person: Person, world: World, within: str | None = None) -> list[Told]:
    """In their order; of one moment, as they arrived."""
    told = sorted((one for one in person.events if one.at <= world.now), key=lambda one: (one.at, one.seq))
    return [one for one in told if within is None or world.now - one.at <= parse_duration(within)]
