"""From a recipe to documents: settings filled in, names in one language, templates put on their layouts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from msgspec import Struct

from hourglass.definitions import Document
from hourglass.kernel import Malformed, parse_duration
from hourglass.messages import starter_documents
from hourglass.recipes.recipe import Phrases, Recipe, Setting
from hourglass.recipes.typeset import typeset

_LAYOUTS = Path(__file__).with_name("layouts")
_PLACE = re.compile(r"\$\{(\w+)\}")
_GOODS = re.compile(r" *\{% if blocks\.(?P<block>\w+) %\}.*?\{% endif %\}\n", re.DOTALL)
_WORD = re.compile(r"\{\{ words\.(\w+) \}\}")
_SPAN = re.compile(r"\d+[smhdw]")
_NAMED = ("name", "description")
Values = Mapping[str, int | str]


class RecipeChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a recipe is to be added. `settings` come over the defaults; `locale` is that of names in lists."""

    settings: dict[str, str | int] = {}
    locale: str = "en"
    live: bool = False
    again: bool = False
    """Also when it was added before: what stands gets a new version."""


def compose(recipe: Recipe, choice: RecipeChoice) -> list[Document]:
    """Snippets and segments first, then templates, the journeys last. Raises Malformed for a setting nobody knows."""
    values = _values(recipe, choice.settings)
    segments = [{"kind": "segment", **one} for one in recipe.segments]
    templates = [_template(one) for one in recipe.templates]
    names = {"name": {"en": recipe.name.en, "ru": recipe.name.ru},
             "description": {"en": recipe.description.en, "ru": recipe.description.ru}}  # fmt: skip
    state = "live" if choice.live else "draft"
    journey = {"kind": "journey", "key": recipe.key, **names, "state": state, **recipe.journey}
    beside = [{"kind": "journey", "state": state, **one} for one in recipe.beside]
    made = [_filled(_said(one, choice.locale), values) for one in (*segments, *templates, *beside, journey)]
    return [*(_snippets() if templates else ()), *made]


def _values(recipe: Recipe, told: Mapping[str, str | int]) -> Values:
    strange = sorted(told.keys() - recipe.settings.keys())
    if strange:
        known = ", ".join(recipe.settings) or "none"
        raise Malformed(f"The recipe has no setting “{strange[0]}”; known: {known}.", path=f"settings.{strange[0]}")
    return {name: _value(name, one, told.get(name, one.value)) for name, one in recipe.settings.items()}


def _value(name: str, setting: Setting, told: str | int) -> str | int:
    path = f"settings.{name}"
    if isinstance(setting.value, int):
        if not re.fullmatch(r"\d{1,9}", str(told)):
            raise Malformed(f"“{told}” is no whole number like {setting.value}.", path=path)
        return int(told)
    if _SPAN.fullmatch(setting.value):
        parse_duration(str(told), path)
    return str(told)


def _template(told: Mapping[str, Any]) -> Document:
    own = {name: value for name, value in told.items() if name not in ("layout", "words", "locales", "blocks")}
    base = _layout(str(told["layout"]))
    words = {"lang": "en", **base.get("words", {}), **told["words"]}
    russian = {**base.get("locales", {}).get("ru", {}).get("words", {}), "lang": "ru", **told["locales"]["ru"]}
    blocks = {**base.get("blocks", {}), **told.get("blocks", {})}
    return {
        **{name: value for name, value in base.items() if name not in _NAMED},
        **own,
        "kind": "template",
        "purpose": own.get("purpose", base.get("purpose", "marketing")),
        "subject": "{{ words.subject }}",
        "blocks": blocks,
        **_body(base, blocks, words),
        "words": words,
        "locales": {"ru": {"words": {name: typeset(text) for name, text in russian.items()}}},
    }


def _body(base: Document, blocks: Collection[str], words: Mapping[str, str]) -> Document:
    """A short message is its text alone; a letter has what an inbox shows beside the subject."""
    if "mjml" not in base:
        return {"text": base["text"]}
    return {"preheader": "{{ words.preheader }}", "mjml": _fitted(base["mjml"], blocks, words)}


def _fitted(mjml: str, blocks: Collection[str], words: Mapping[str, str]) -> str:
    """The layout without the places for blocks and, line by line, for words that the template has not."""
    whole = _GOODS.sub(lambda found: found[0] if found["block"] in blocks else "", mjml)
    return "\n".join(line for line in whole.splitlines() if words.keys() >= set(_WORD.findall(line))) + "\n"


def _layout(name: str) -> Document:
    path = _LAYOUTS / f"{name}.yaml"
    return _read(path) if path.is_file() else starter_documents([name])[-1]


@cache
def _read(path: Path) -> Document:
    return cast("Document", yaml.safe_load(path.read_text(encoding="utf-8")))


def _snippets() -> list[Document]:
    return [one for one in starter_documents() if one["kind"] == "snippet"]


def _said(value: Any, locale: str) -> Any:
    """Texts in both languages become those of one: names, descriptions, titles of tasks."""
    if isinstance(value, dict):
        told = cast("dict[str, Any]", value)
        if told.keys() == {"en", "ru"}:
            return Phrases(**told).said(locale)
        return {name: _said(one, locale) for name, one in told.items()}
    return [_said(one, locale) for one in cast("list[Any]", value)] if isinstance(value, list) else value


def _filled(value: Any, values: Values) -> Any:
    """Settings in their places: a text that is nothing but `${wait}` becomes the value itself."""
    if isinstance(value, str):
        whole = _PLACE.fullmatch(value)
        return values[whole[1]] if whole else _PLACE.sub(lambda found: str(values[found[1]]), value)
    if isinstance(value, dict):
        return {name: _filled(one, values) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_filled(one, values) for one in cast("list[Any]", value)]
    return value
