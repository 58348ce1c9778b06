"""A compiled template and what is known, put together."""

from __future__ import annotations

import re
from typing import Any

from liquid.exceptions import LiquidError
from msgspec import Struct

from hourglass.messages.content.compile import Compiled
from hourglass.messages.content.fallbacks import fill_in, lacking
from hourglass.messages.content.plain import tidy

_SUBJECT_LIMIT = 250
_WHITE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")  # a no-break space stays one


class Unmade(Struct, frozen=True, kw_only=True):
    """The message could not be made, or is not to be because something is missing (`withheld`)."""

    reason: str
    detail: str
    withheld: bool = False


class Filled(Struct, frozen=True, kw_only=True):
    """The texts of one message. Links are still the author's."""

    subject: str
    html: str | None
    text: str


def fill(template: Compiled, known: dict[str, Any], key: str) -> Filled | Unmade:
    """The message, or why it cannot be made; one person's odd data never stops the others. `known` is completed."""
    fill_in(known, template.fallbacks)
    if missing := lacking(known, template.required):
        return Unmade(reason="data_missing", detail=", ".join(missing), withheld=True)
    try:
        subject = one_line(template.subject.fill(known))[:_SUBJECT_LIMIT]
        html = None if template.html is None else template.html.fill(known)
        text = tidy(template.text.fill(known))
    except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        return Unmade(reason="render_failed", detail=f"{key}: {error}")
    if not subject:
        return Unmade(reason="render_failed", detail=f"{key}: the subject is empty")
    return Filled(subject=subject, html=html, text=text)


def one_line(text: str) -> str:
    """Whatever breaks a line becomes a space."""
    return _WHITE.sub(" ", text).strip()
