"""How the text of a file is written down: UTF-8, what Excel writes, or an old Windows code page."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CYRILLIC = re.compile(rb"[\xa8\xb8\xc0-\xff]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")


def sniff_encoding(file: BinaryIO) -> str:
    """The name of the encoding for `open`; the file stands at its beginning afterwards.

    Without a mark, text that is UTF-8 throughout is UTF-8. Else it came from Windows: Cyrillic (cp1251) where the
    letters that are not ASCII stand together as words, Western (cp1252) where they stand alone, as in "Café".
    """
    file.seek(0)
    head = file.read(4)
    for mark, name in _MARKS:
        if head.startswith(mark):
            file.seek(0)
            return name
    encoding = "utf-8" if _is_utf8(file) else _code_page(file)
    file.seek(0)
    return encoding


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(file: BinaryIO) -> str:
    file.seek(0)
    together = total = 0
    while block := file.read(_BLOCK):
        together += sum(len(word) for word in _CYRILLIC.findall(block))
        total += len(_HIGH.findall(block))
    return "cp1251" if together * 2 > total else "cp1252"
