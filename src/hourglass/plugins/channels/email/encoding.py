"""How text becomes the safe bytes of a mail: header words and body parts (RFC 2045, 2047)."""

from __future__ import annotations

import binascii
import re
from typing import Literal

_LINE = 998  # RFC 5322: octets of a line without its end
_WORD = 45  # octets that make one encoded word of 75 characters at most
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")

Part = tuple[bytes, bytes]
"""Content-Transfer-Encoding and the encoded octets, with CRLF line ends."""


def header(text: str) -> bytes:
    """A header value that stays one value, whatever was typed into it; folded where it is long."""
    line = _CONTROL.sub(" ", text).strip()
    if line.isascii() and len(line) <= _LINE // 2 and "=?" not in line:
        return line.encode()
    return b"\r\n ".join(b"=?utf-8?b?" + binascii.b2a_base64(word, newline=False) + b"?=" for word in _words(line))


def part(text: str, subtype: Literal["plain", "html"]) -> Part:
    """A body part: as it is when plain ASCII, else in the encoding that is shortest for its letters."""
    clean, octets = _clean(text)
    few = len(octets) - len(clean) < len(clean) // 20
    if not clean.isascii() and subtype == "html" and few and _style_is_ascii(octets):
        octets = clean.encode("ascii", "xmlcharrefreplace")
    if octets.isascii() and _short_lines(octets):
        return b"7bit", octets.replace(b"\n", b"\r\n")
    if few:
        return b"quoted-printable", binascii.b2a_qp(octets, istext=True).replace(b"\n", b"\r\n")
    return b"base64", binary(octets.replace(b"\n", b"\r\n"))


def binary(octets: bytes) -> bytes:
    """Octets as base64 in lines of 76 characters (RFC 2045, 6.8)."""
    return b"\r\n".join([binascii.b2a_base64(octets[at : at + 57], newline=False) for at in range(0, len(octets), 57)])


def _words(line: str) -> list[bytes]:
    """UTF-8 in pieces that never cut a character."""
    words: list[bytes] = []
    piece = b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(piece) + len(octets) > _WORD:
            words.append(piece)
            piece = b""
        piece += octets
    return [*words, piece]


def _clean(text: str) -> tuple[str, bytes]:
    """Lines end with LF alone. Looking for an octet costs a fiftieth of replacing two characters."""
    octets = text.encode("utf-8", "replace")
    if b"\r" in octets or b"\0" in octets:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        octets = text.encode("utf-8", "replace")
    return text, octets


def _short_lines(octets: bytes) -> bool:
    """Whether every line may travel as it is: from one line end near the limit to the next, not line by line."""
    start = 0
    while len(octets) - start > _LINE:
        end = octets.rfind(b"\n", start, start + _LINE + 1)
        if end < 0:
            return False
        start = end + 1
    return True


def _style_is_ascii(html: bytes) -> bool:
    """Character references mean nothing inside CSS, which stands in the head."""
    end = html.find(b"</head>")
    return (html if end < 0 else html[:end]).isascii()
