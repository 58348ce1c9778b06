"""A story: what happens in some fake days, which messages it has to bring, and which it must not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import yaml
from msgspec import Struct

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
STORIES = Path(__file__).with_name("stories")
_MOMENT = re.compile(r"day (\d+) (\d\d):(\d\d)")


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody of a story; without a word they agreed to news by e-mail."""

    locale: str = "en"
    consent: bool = True
    channels: tuple[str, ...] = ()
    """Others by which they agreed to news."""
    traits: dict[str, Any] = {}
    computed: dict[str, Any] = {}
    """What the night before worked out about them."""


class Happening(Struct, frozen=True, array_like=True):
    """When, who, which event, with what. `identify`: traits; `take`, `done`: what becomes of the task about them."""

    at: str
    who: str
    event: str
    properties: dict[str, Any] = {}

    @property
    def moment(self) -> datetime:
        """As a moment."""
        return moment(self.at)


class Mail(Struct, frozen=True, array_like=True):
    """A message that has to come, not more than a quarter of an hour after this."""

    at: str
    who: str
    template: str

    @property
    def moment(self) -> datetime:
        """As a moment."""
        return moment(self.at)


class Silence(Struct, frozen=True, array_like=True):
    """A message that must not come, and why."""

    who: str
    template: str
    reason: str


class Story(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything of one story. `settings` as they are chosen when the recipe is added."""

    people: dict[str, Person]
    events: list[Happening]
    messages: list[Mail]
    silence: list[Silence]
    settings: dict[str, str | int] = {}
    crowd: int = 0
    """Strangers who came before them, which moves the numbers that lots are drawn from."""
    stock: dict[str, int] = {}
    """Pieces of goods at the beginning; the rest is there in plenty."""
    tasks: tuple[str, ...] = ()
    """What somebody of the shop has to do in the end, in any order."""
    gone: tuple[str, ...] = ()
    """Who gets no news any more in the end."""
    more: int = 2
    """Days that it goes on after the last thing in it."""

    @property
    def end(self) -> datetime:
        """When it is over."""
        last = max(one.moment for one in (*self.events, *self.messages))
        return last + timedelta(days=self.more)


def read_story(key: str) -> Story:
    """The story of a recipe."""
    told = yaml.safe_load((STORIES / f"{key}.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(cast("dict[str, Any]", told), Story)


def moment(text: str) -> datetime:
    """`day 1 10:00` is ten o'clock (UTC) on Monday."""
    found = _MOMENT.fullmatch(text)
    assert found, text
    day, hour, minute = (int(one) for one in found.groups())
    return MONDAY + timedelta(days=day - 1, hours=hour, minutes=minute)
