"""docs/reference/conditions.md: the words of the condition language."""

import inspect
import json
import sys
from collections.abc import Iterable

from hourglass.audience.leaves import LEAVES
from hourglass.audience.measures import MEASURES
from hourglass.audience.operators import OPERATORS, READERS, sentence
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.registry import module_of
from tests.architecture.pages.fields import page, table

_TAKES = {
    "one": "a text, a number or true/false",
    "number": "a number",
    "size": "a whole number",
    "list": "a list",
    "nothing": "nothing",
    "text": "a text",
    "pattern": "a regular expression",
    "range": "[from, to], numbers or dates",
    "moment": "a date, or a date and time",
    "day": "a date",
    "span": "a span: `7d`",
    "days_ahead": "days from today: `7`, `3..7`",
    "weekdays": "`mon` to `sun`, or a list",
    "hours": "an hour, a list, a range `9..17`",
    "months": "a month, a list, a range `11..1`",
    "days_of_month": "a day, a list, a range `28..3`",
    "place": "`{lat, lon, km}`",
}


def conditions_page() -> str:
    """Atoms, measures and operators, as their modules say."""
    return page(
        "# Conditions: atoms, measures, operators",
        "",
        "How they are put together: [Conditions](../audience/conditions.md). Their JSON Schema:",
        "`hourglass schema condition` and `/api/schema/condition`. Written by `make docs` from "
        "`src/hourglass/audience/`.",
        "",
        "## Atoms",
        "",
        *table(["Field", "What it asks", "Fields"], _atoms()),
        "",
        "## Measures",
        "",
        *table(["Measure", "What it gives", "Takes"], _measures()),
        "",
        "## Operators",
        "",
        "A missing value is never true, except for `missing`. Texts are compared to the letter; with `_ignoring_case`",
        "both sides are made small first.",
        "",
        *table(["Operator", "True when", "Value", "Example", "In words"], _operators()),
    )


def _atoms() -> Iterable[list[str]]:
    for form, leaf in sorted(LEAVES.items()):
        fields = ", ".join(f"`{name}`" for name in sorted(leaf.fields - {form}))
        yield [f"`{form}`", _first(sys.modules[leaf.__module__].__doc__), fields]


def _measures() -> Iterable[list[str]]:
    for name in MEASURES:
        module = sys.modules[f"hourglass.audience.measures.{name}"]
        yield [f"`{name}`", _first(module.__doc__), MEASURES[name].takes]


def _operators() -> Iterable[list[str]]:
    for name, operator in sorted(OPERATORS.items()):
        right, example = _example(operator)
        value = READERS[operator.takes](right, "value", name)
        words = " / ".join(sentence(operator, value, locale) for locale in ("en", "ru"))
        yield [f"`{name}`", _about(name), _TAKES[operator.takes], example, words]


def _example(operator: Operator) -> tuple[object, str]:
    """The first example that is true: its right side, and as it is written."""
    left, right, _ = next(one for one in operator.examples if one[2])
    shown = "" if right is None else f" `{json.dumps(right, ensure_ascii=False)}`"
    known = left if isinstance(left, str) else json.dumps(left)
    return right, f"`{known}`{shown}"


def _about(name: str) -> str:
    """What the module says; of letters only where they matter."""
    about = _first(module_of(name).__doc__)
    return about.partition(", to the letter")[0] + "." if name.endswith("_ignoring_case") else about


def _first(text: str | None) -> str:
    return " ".join(inspect.cleandoc(text or "").partition("\n\n")[0].split())
