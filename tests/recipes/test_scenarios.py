"""The table of known scenarios in docs/journeys/recipes.md is whole, and each of them has its recipes."""

from __future__ import annotations

import re
from pathlib import Path

from hourglass.recipes import recipes

PAGE = Path(__file__).parents[2] / "docs" / "journeys" / "recipes.md"
_ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def test_every_known_scenario_has_a_recipe_and_every_recipe_its_scenario() -> None:
    rows = {int(number): re.findall(r"`([a-z-]+)`", keys) for number, keys in _ROW.findall(PAGE.read_text("utf-8"))}
    assert list(rows) == list(range(1, 40))
    assert [number for number, keys in rows.items() if not keys] == []
    assert sorted(key for keys in rows.values() for key in keys) == sorted(one.key for one in recipes())
