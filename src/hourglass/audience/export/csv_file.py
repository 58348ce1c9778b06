"""CSV that a spreadsheet opens as text: what customers wrote about themselves must never run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from hourglass.audience.export.fields import Fields, Member, as_text

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# A file with commas opened where the delimiter is a semicolon is cut elsewhere: the rest of a cell becomes a cell.
_CUT = re.compile(r"[,;\t|\r\n]")
_INSIDE = re.compile(r"([,;\t|\r\n])(?=[=@]|[+-][^\W\d])")


def write_csv(
    blocks: Iterator[list[Member]], fields: Fields, file: BinaryIO, *, bom: bool = False, delimiter: str = ","
) -> int:
    """A line with the names of the columns, then one for each member; how many members."""
    text = TextIOWrapper(file, encoding="utf-8-sig" if bom else "utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([shielded(field.name) for field in fields.columns])
    rows = 0
    for block in blocks:
        writer.writerows([cell(value) for value in fields.row(member)] for member in block)
        rows += len(block)
    text.flush()
    text.detach()
    return rows


def cell(value: object) -> str:
    """A value as it may stand in a spreadsheet."""
    if isinstance(value, str):
        return shielded(value)
    text = as_text(value) or ""
    return shielded(text) if isinstance(value, list | dict) else text


def shielded(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula; plain numbers, phone numbers too, stay.

    As OWASP advises for CSV injection; our own import takes the apostrophe off again.
    """
    if not text or (text[0].isalnum() and not _CUT.search(text)):
        return text
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return _INSIDE.sub(r"\1'", text)
