"""Russian typography: what must not be torn apart at the end of a line is held together by a no-break space."""

from __future__ import annotations

import re

_FIXED = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|<[^>]*>)", re.DOTALL)
"""Liquid and tags: their spaces are grammar."""
_HOLD = "\u00a0"
_RULES = (
    (re.compile(r" (?=—)"), _HOLD),
    (re.compile(r" (?=%)"), _HOLD),
    (re.compile(r" (?=(?:ли|же|бы)\b)"), _HOLD),
    (re.compile(r"(?<!\w)(?!(?:ли|же|бы) )([А-Яа-яЁё]{1,2}) "), rf"\1{_HOLD}"),
)
"""A dash and a percent sign stay with the word before, as do particles; a short word stays with the one after it."""


def typeset(text: str) -> str:
    """A text with its Liquid and tags untouched."""
    parts = _FIXED.split(text)
    return "".join(part if place % 2 else _held(part) for place, part in enumerate(parts))


def _held(text: str) -> str:
    for rule, held in _RULES:
        text = rule.sub(held, text)
    return text
