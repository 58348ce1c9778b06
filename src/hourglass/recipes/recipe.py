"""A recipe as its author wrote it: what it needs, what can be set, and the documents it is made of."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Stage = Literal["know", "like", "trust", "try", "buy", "repeat", "refer"]


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    ru: str

    def said(self, locale: str) -> str:
        """In Russian for `ru` and its regions, else in English."""
        return self.ru if locale.partition("-")[0] == "ru" else self.en


STAGES: dict[Stage, Phrases] = {
    "know": Phrases(en="Know", ru="Узнали"),
    "like": Phrases(en="Like", ru="Присматриваются"),
    "trust": Phrases(en="Trust", ru="Доверяют"),
    "try": Phrases(en="Try", ru="Пробуют"),
    "buy": Phrases(en="Buy", ru="Покупают"),
    "repeat": Phrases(en="Repeat", ru="Возвращаются"),
    "refer": Phrases(en="Refer", ru="Советуют"),
}
"""The marketing hourglass (John Jantsch, Duct Tape Marketing, 2007), in the order of a customer's way."""


class Setting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to choose when the recipe is added. The default says of which kind a value is: number or text."""

    value: int | str
    en: str
    ru: str


class Needs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events by name with the properties that are used of them, and traits of people."""

    events: dict[str, tuple[str, ...]] = {}
    traits: tuple[str, ...] = ()


class Pool(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Promo codes like `PREFIX-7KQ2MX9A`, so many, made where the shop has no pool of that key."""

    prefix: str
    codes: int = 1000


class Metric(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the recipe is for, counted within a span after somebody was reached.

    `of`: an event, perhaps with a `sum` over one of its properties; `Order Completed` counts orders and their net sums.
    """

    of: str
    within: str
    en: str
    ru: str
    sum: str | None = None


class Recipe(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`${name}` in its documents stands for a setting; a name or description may be in both languages."""

    key: str
    stage: Stage
    name: Phrases
    description: Phrases
    needs: Needs
    settings: dict[str, Setting] = {}
    journey: dict[str, Any]
    beside: tuple[dict[str, Any], ...] = ()
    """Journeys that belong to it, each with a key and a name of its own; they live and rest together with it."""
    pools: dict[str, Pool] = {}
    metrics: tuple[Metric, ...] = ()
    segments: tuple[dict[str, Any], ...] = ()
    templates: tuple[dict[str, Any], ...] = ()
    """Each names a `layout`: one of `layouts/`, or a starter; its own words come over those of the layout."""
