"""A file of people, line by line: CSV in any delimiter, JSON lines, or one identifier a line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from itertools import chain, islice
from typing import Any, BinaryIO, Literal, TextIO, cast

import msgspec
from msgspec import Struct, field

from hourglass.audience.lists.columns import TRAITS, choose, kind_of_name, kind_of_text
from hourglass.audience.lists.encoding import sniff_encoding
from hourglass.kernel import Malformed

_DELIMITERS = ",;\t|"
_SAMPLE = 50
_TOLD = re.compile(r"sep=(.)", re.IGNORECASE)
_SHIELDED = re.compile(r"'(?=[=+\-@])")
_ORDER = {"profile_id": 0, "user_id": 1, "email": 2, "phone": 3, "anonymous_id": 4}


class Sheet(Struct, frozen=True, kw_only=True):
    """How a file was read."""

    format: Literal["csv", "jsonl", "lines"]
    encoding: str
    delimiter: str | None = None
    columns: dict[str, str] = field(default_factory=dict[str, str])
    """Column → the identifier, or the trait, that it holds."""


class Line(Struct, frozen=True, kw_only=True):
    """One line: who is meant, the strongest identifier first, and what is told about them."""

    number: int
    names: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    traits: dict[str, Any] = field(default_factory=dict[str, Any])
    text: str = ""
    """What to show when it goes wrong."""
    problem: str | None = None
    """A reason (see reasons.py) why it cannot be read."""


def read_lines(file: BinaryIO, told: Mapping[str, str]) -> tuple[Sheet, Iterator[Line]]:
    """How the file is written, and its lines; blank ones are skipped. Raises Malformed.

    `told`: column → kind, where the names of the columns do not say it; `{"": kind}` for one identifier a line.
    """
    encoding = sniff_encoding(file)
    text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    first, delimiter, skip = _first_line(text)
    text.seek(0)
    if first.startswith("{"):
        return Sheet(format="jsonl", encoding=encoding), _objects(text, told)
    delimiter = delimiter or _delimiter(first)
    rows = _rows(text, delimiter or ",", skip)
    if delimiter is None and not (kind_of_name(_bare(first)) or (told and "" not in told)):
        sheet = Sheet(format="lines", encoding=encoding, columns={"1": told.get("", "by its looks")})
        return sheet, _alone(rows, told.get(""))
    return _table(rows, encoding, delimiter, told)


def _first_line(text: TextIO) -> tuple[str, str | None, int]:
    """The first line that says something, the delimiter if Excel's `sep=;` names one, and how many lines to skip."""
    for number, raw in enumerate(text):
        line = raw.strip()
        if found := _TOLD.fullmatch(line):
            return next((more.strip() for more in text if more.strip()), ""), found[1], number + 1
        if line:
            return line, None, 0
    raise Malformed("The file is empty.", path="file")


def _delimiter(line: str) -> str | None:
    bare = re.sub(r'"[^"]*"', "", line)
    best = max(_DELIMITERS, key=bare.count)
    return best if best in bare else None


def _bare(text: str) -> str:
    return text.strip().strip('"')


def _rows(text: TextIO, delimiter: str, skip: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(islice(text, skip, None), delimiter=delimiter)
    try:
        for row in reader:
            cells = [_SHIELDED.sub("", cell.replace("\0", "").strip(), count=1) for cell in row]
            if any(cells):
                yield reader.line_num + skip, cells
    except csv.Error as error:
        place = reader.line_num + skip
        raise Malformed(f"Line {place} cannot be read as CSV: {error}.", path=f"line {place}") from error


def _table(
    rows: Iterator[tuple[int, list[str]]], encoding: str, delimiter: str | None, told: Mapping[str, str]
) -> tuple[Sheet, Iterator[Line]]:
    head = list(islice(rows, _SAMPLE))
    cells = head[0][1]
    titled = any(map(kind_of_name, cells)) or not any(map(kind_of_text, cells))
    header = cells if titled else None
    columns = choose(header, [row for _, row in head[titled:]], told)
    names = {(header[place] if header else str(place + 1)): kind for place, kind in columns.items()}
    sheet = Sheet(format="csv", encoding=encoding, delimiter=delimiter or ",", columns=names)
    lines = (
        _line(number, [(kind, row[place]) for place, kind in columns.items() if place < len(row)])
        for number, row in chain(head[titled:], rows)
    )
    return sheet, lines


def _alone(rows: Iterator[tuple[int, list[str]]], kind: str | None) -> Iterator[Line]:
    for number, cells in rows:
        text = ",".join(cells)
        yield _line(number, [(kind or kind_of_text(text) or "user_id", text)])


def _objects(text: TextIO, told: Mapping[str, str]) -> Iterator[Line]:
    decode = msgspec.json.Decoder().decode
    for number, raw in enumerate(text, 1):
        if not raw.strip():
            continue
        try:
            found = decode(raw)
        except msgspec.MsgspecError:
            yield Line(number=number, text=raw.strip(), problem="not_json")
            continue
        if isinstance(found, dict):
            yield _line(number, list(_fields(cast("dict[str, Any]", found), told)), raw.strip())
        elif isinstance(found, str | int) and not isinstance(found, bool):
            yield _line(number, [(told.get("") or kind_of_text(str(found)) or "user_id", str(found))])
        else:
            yield Line(number=number, text=raw.strip(), problem="no_identifier")


def _fields(found: dict[str, Any], told: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if name == "traits" and isinstance(value, dict):
            yield from ((TRAITS + key, told_value) for key, told_value in cast("dict[str, Any]", value).items())
        elif kind := (told.get(name) if told else kind_of_name(name)):
            yield kind, value


def _line(number: int, cells: list[tuple[str, Any]], text: str | None = None) -> Line:
    names = [(kind, str(value).strip()) for kind, value in cells if not kind.startswith(TRAITS) and value is not None]
    names = sorted((one for one in names if one[1]), key=lambda one: _ORDER.get(one[0], 9))
    traits = {kind.removeprefix(TRAITS): value for kind, value in cells if kind.startswith(TRAITS) and value != ""}
    shown = " ".join(value for _, value in names) if text is None else text
    return Line(number=number, names=names, traits=traits, text=shown, problem=None if names else "no_identifier")
