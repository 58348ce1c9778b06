"""The papers point at things that exist and say what the code says."""

import re
from pathlib import Path

import msgspec
import pytest

from hourglass.kernel import Settings
from tests.architecture.pages.settings import PREFIX, settings_page
from tests.architecture.reference import PAGES
from tests.architecture.tree import ROOT, named, refuse, tracked

LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
PLACE = re.compile(r"`((?:src|tests|ui|sdk|bench|docs)/[\w/.-]*)`")
BUILT = {"src/hourglass/web/static/"}  # made by `make ui`
DECISIONS = ROOT / "docs" / "decisions"
SECTIONS = ("**Context.**", "**Decision.**", "**Consequences.**", "**Alternatives.**")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_reference_pages_say_what_the_code_says(path: Path) -> None:
    assert path.is_file(), "run `make docs`"
    assert path.read_text(encoding="utf-8") == PAGES[path](), "run `make docs`"


def test_every_setting_has_a_meaning() -> None:
    page = settings_page()
    for field in msgspec.structs.fields(Settings):
        assert re.search(rf"\| `{PREFIX}{field.name.upper()}` \| \S.* \| \S.* \|", page), field.name


def test_links_between_papers_lead_somewhere() -> None:
    faults = (
        f"{named(paper)} links to {target}"
        for paper in _papers()
        for target in LINK.findall(paper.read_text(encoding="utf-8"))
        if not (paper.parent / target).exists()
    )
    refuse(faults, "No such file:")


def test_papers_name_places_that_exist() -> None:
    faults = (
        f"{named(paper)} names {place}"
        for paper in _papers()
        for place in PLACE.findall(paper.read_text(encoding="utf-8"))
        if place not in BUILT and not (ROOT / place).exists() and not (paper.parent / place).exists()
    )
    refuse(faults, "No such place in the repository:")


def test_the_glossary_says_each_word_once() -> None:
    rows = re.findall(r"^\| (?!Term|-)(.+?) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    words = [word for row in rows for word in row.split(", ")]
    assert len(words) > 50
    refuse({word for word in words if words.count(word) > 1}, "Twice in docs/glossary.md:")


def test_decisions_are_short_whole_and_listed() -> None:
    listed = (DECISIONS / "README.md").read_text(encoding="utf-8")
    faults: list[str] = []
    for number, paper in enumerate(sorted(DECISIONS.glob("[0-9]*.md")), start=1):
        text = paper.read_text(encoding="utf-8")
        missing = [section for section in SECTIONS if section not in text]
        faults += [f"{paper.name}: no {section}" for section in missing]
        faults += [f"{paper.name}: over 60 lines"] * (text.count("\n") > 60)
        faults += [f"{paper.name}: not in docs/decisions/README.md"] * (paper.name not in listed)
        faults += [f"{paper.name}: expected number {number:04}"] * (not text.startswith(f"# {number:04} "))
    refuse(faults, "A decision is context, decision, consequences, alternatives, under 60 lines:")


def _papers() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]
