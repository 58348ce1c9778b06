"""Regular expressions that mean the same in Polars (Rust) and in Spark (Java)."""

from __future__ import annotations

import re

import polars as pl

from hourglass.kernel import Malformed

_PIECE = re.compile(
    r"""(?P<end>\$) | (?P<any>\.)
      | (?P<escape>\\(?:[dDwWsSbB\\.+*?()\[\]{}|^$/tnr-]|[pP]\{[CLMNPSZ][a-z]?\}|x\{[0-9A-Fa-f]{1,6}\}))
      | (?P<class>\[\^?(?:\\(?:[dDwWsS\\.+*?()\[\]{}|^$/tnr-]|[pP]\{[CLMNPSZ][a-z]?\}|x\{[0-9A-Fa-f]{1,6}\})
          |(?!--|&&|~~)[^\[\]\\])+\])
      | (?P<repeat>(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})\??(?![*+?{]))
      | (?P<group>\(\?:|\((?!\?)|\)|\|) | (?P<plain>[^\\\[\]{}*+?()|$.])""",
    re.VERBOSE,
)
_SAID = {"end": r"\z", "any": r"[^\n]"}

# Java needs the letter to know that \w, \d, \b and \s are Unicode's. In Rust it says which of several matches is taken:
# nothing that a test for "is there one" could notice.
_UNICODE = "(?U)"


def portable_pattern(pattern: str, path: str) -> str:
    """The pattern in the form that both engines read alike, for `str.contains`.

    Upper and lower case differ: to ignore case, lower both sides. Raises Malformed, with the path, for what only one of
    the two knows: look-around, back-references, flags, named groups, possessive repetition, sets in sets.
    """
    said, place = "", 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        if piece is None:
            raise Malformed(
                f"The pattern cannot be understood from “{pattern[place : place + 10]}” on; "
                "write a sign itself with a backslash before it.",
                path=path,
            )
        said += _SAID.get(piece.lastgroup or "", piece.group())
        place = piece.end()
    return _tried(_UNICODE + said, path)


def _tried(pattern: str, path: str) -> str:
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        why = re.search(r"^error: (.+)$", str(error), re.MULTILINE)
        raise Malformed(f"The pattern does not hold together{': ' + why[1] if why else ''}.", path=path) from error
    return pattern
