"""docs/reference/journey-steps.md: what a journey can do."""

import inspect

from hourglass.journeys.steps.registry import STEPS
from tests.architecture.pages.fields import page


def steps_page() -> str:
    """Every kind of step with what it does and how it is written, as its module and its reader say."""
    return page(
        "# Steps of a journey",
        "",
        "`steps` of a journey is a list; each step is a map with the word of its kind. Steps nest freely.",
        "Written by `make docs` from `src/hourglass/journeys/steps/`.",
        *(line for word, reader in STEPS.items() for line in _section(word, reader)),
    )


def _section(word: str, reader: object) -> list[str]:
    module = inspect.getmodule(reader)
    assert module is not None
    about = _paragraphs(module).removeprefix(f"{word.capitalize()}: ")
    return ["", f"## `{word}`", "", about[:1].upper() + about[1:], "", _paragraphs(reader)]


def _paragraphs(thing: object) -> str:
    text = inspect.getdoc(thing)
    assert text, f"{thing} has no docstring for docs/reference/journey-steps.md"
    return text
