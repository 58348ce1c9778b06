"""A file is named for a concept of the glossary and stays small enough to hold in mind."""

import re

from tests.architecture.tree import PACKAGE, named, refuse, tracked

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "service", "services"}
CODE = {".py", ".ts", ".tsx", ".css", ".sql"}
LINES = 300
REASON = re.compile(r"long on purpose: \S+|This file was auto-generated")


def test_no_file_or_folder_is_named_vaguely() -> None:
    faults = (named(path) for path in tracked() if {part.split(".")[0].lower() for part in path.parts} & VAGUE)
    refuse(faults, "Name the concept; docs/glossary.md has the words:")


def test_no_file_is_longer_than_a_few_screens() -> None:
    # A migration is written once and never grows, so splitting it would help nobody.
    code = (
        path for path in tracked() if path.suffix in CODE and PACKAGE / "postgres" / "migrations" not in path.parents
    )
    faults = (f"{named(path)}: {lines} lines" for path in code if (lines := _length(path.read_text("utf-8"))) > LINES)
    refuse(faults, f"Over {LINES} lines. Split by concept, or say `long on purpose: <why>` at the top of the file:")


def test_the_guard_sees_a_long_file() -> None:
    assert _length("x\n" * 500) == 500
    assert _length("# long on purpose: one text per line\n" + "x\n" * 500) == 0


def _length(text: str) -> int:
    """Lines of a file; none when its first lines say why it is long."""
    return 0 if REASON.search("\n".join(text.splitlines()[:10])) else text.count("\n")
