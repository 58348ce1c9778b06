"""What a made-up person does with a letter, and when: the same person and letter, the same deeds.

The rates are those that shops of this kind report: four in ten are opened, one opened in five is clicked, one click in
eight brings an order. Whose first name stands in the subject is asked by more. People of a country go to bed, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from msgspec import Struct

from hourglass.demo.chance import between, dice, pick
from hourglass.demo.readers.letter import Letter
from hourglass.demo.readers.programs import APPLE_PROXY, GMAIL_PROXY, Program, program

What = Literal["open", "click", "look", "unsubscribe", "order", "bounce", "complain"]
"""`look`: only the head of a page, as scanners do."""
OPENS, CLICKS, ORDERS = 0.42, 0.2, 0.13
BY_NAME = 1.6
"""How much more a letter is opened that has the reader's name in its subject."""
_DEAD, _FULL = 0.008, 0.004
_DECLINES, _COMPLAINS = 0.008, 0.0006


class Deed(Struct, frozen=True):
    """One thing that somebody does. `url` and `agent` for what is done over the web."""

    at: datetime
    what: What
    url: str
    agent: str
    letter: Letter

    def __lt__(self, other: Deed) -> bool:
        return self.at < other.at


def deeds(letter: Letter, arrived: datetime, seed: str) -> Iterator[Deed]:
    """Everything, in no order."""
    throw = dice(seed, "reads", letter.recipient, letter.subject)
    if _comes_back(letter, throw, seed):
        yield Deed(arrived + timedelta(seconds=between(throw, 20, 90)), "bounce", "", "", letter)
        return
    reads = program(letter.recipient, seed)
    yield from _unasked(letter, arrived, reads, throw)
    eager = between(dice(seed, "eager", letter.recipient), 0.5, 1.5)
    named = _named(letter)
    if throw.random() >= min(0.95, OPENS * eager * (BY_NAME if named else 1) * (1 if letter.marketing else 1.7)):
        return
    opened_at = arrived + timedelta(minutes=5 + throw.lognormvariate(3.4, 1.0))
    if letter.pixel is not None and reads.kind != "apple":
        agent = GMAIL_PROXY if reads.kind == "gmail" else reads.browser
        yield Deed(opened_at, "open", letter.pixel, agent, letter)
    yield from _after(letter, opened_at, reads, throw)


def _after(letter: Letter, opened_at: datetime, reads: Program, throw: Random) -> Iterator[Deed]:
    """What follows once it is open."""
    point = throw.random()
    if letter.way_out is not None and point < _DECLINES:
        yield Deed(opened_at + timedelta(seconds=20), "unsubscribe", letter.way_out, reads.browser, letter)
    elif letter.marketing and point < _DECLINES + _COMPLAINS:
        yield Deed(opened_at + timedelta(seconds=15), "complain", "", "", letter)
    elif letter.links and throw.random() < CLICKS:
        clicked_at = opened_at + timedelta(seconds=between(throw, 8, 120))
        yield Deed(
            clicked_at, "click", pick(throw, letter.links[: max(1, len(letter.links) - 2)]), reads.browser, letter
        )
        if letter.marketing and throw.random() < ORDERS:
            yield Deed(clicked_at + timedelta(minutes=between(throw, 4, 50)), "order", "", "", letter)


def _unasked(letter: Letter, arrived: datetime, reads: Program, throw: Random) -> Iterator[Deed]:
    """What programs do by themselves, whether anybody reads or not."""
    if reads.kind == "apple" and letter.pixel is not None:
        yield Deed(arrived + timedelta(minutes=between(throw, 1, 40)), "open", letter.pixel, APPLE_PROXY, letter)
    if reads.kind == "guarded":
        at = arrived + timedelta(seconds=between(throw, 1, 4))
        yield from (Deed(at, "look", url, reads.scanner, letter) for url in letter.links[:3])
        if letter.trap is not None:
            yield Deed(at, "click", letter.trap, reads.scanner, letter)


def _comes_back(letter: Letter, throw: Random, seed: str) -> bool:
    """An address that is dead for good, or a mailbox that is full today."""
    return is_dead(letter, seed) or throw.random() < _FULL


def is_dead(letter: Letter, seed: str) -> bool:
    """Whether nobody has that address any more."""
    return dice(seed, "dead", letter.recipient).random() < _DEAD


def _named(letter: Letter) -> bool:
    """Addresses begin with the first name in Latin letters; a Russian subject has it in its own, before a comma."""
    first = letter.recipient.partition(".")[0].lower()
    head = letter.subject.partition(",")[0].lower()
    return first in head.split() or (letter.subject[:1] > "\u0400" and " " not in head and "," in letter.subject)
