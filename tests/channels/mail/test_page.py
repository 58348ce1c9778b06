"""The page for people and the table of the code say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hourglass.channels import Sort, sort_of

PAGE = Path(__file__).parents[3] / "docs" / "channels" / "email.md"
ROWS = {row[1]: row[2] for row in re.finditer(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)}
CODES = [(sort, code) for sort, told in ROWS.items() for code in re.findall(r"(?<![–\d.])\d\.\d+\.\d+", told)]


def test_every_sort_is_explained() -> None:
    assert set(ROWS) == {sort.value for sort in Sort}


@pytest.mark.parametrize(("sort", "code"), CODES)
def test_a_code_of_the_page_has_that_sort(sort: str, code: str) -> None:
    assert sort_of(code, "").value == sort
