"""A line of Liquid by itself, outside of a template: the value of an action."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from liquid.exceptions import LiquidError
from msgspec import Struct

from hourglass.kernel import Malformed
from hourglass.messages.content.liquid.meter import MeteredTemplate
from hourglass.messages.content.liquid.sandbox import parse_text, roots

_WHOLE = re.compile(r"\{\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*\}\}")


class Phrase(Struct, frozen=True, kw_only=True):
    """A text with Liquid in it. One that is nothing but `{{ a.b }}` keeps the type of what it names."""

    template: MeteredTemplate
    path: tuple[str, ...] | None
    roots: frozenset[str]

    def fill(self, known: Mapping[str, Any]) -> Any:
        """The value; None where the one thing it names is missing. Raises Malformed for what cannot be computed."""
        if self.path is not None:
            return _at(known, self.path)
        try:
            return self.template.fill(known)
        except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
            raise Malformed(f"Liquid: {error}") from error


def read_phrase(source: str, path: str, known: Collection[str]) -> Phrase:
    """Liquid to a phrase that speaks of `known` names only. Raises Malformed with the place."""
    template = parse_text(source, path)
    asked = roots(template)
    if strange := sorted(asked - set(known)):
        raise Malformed(f"Liquid: nothing is called “{strange[0]}” here; known are {', '.join(known)}.", path=path)
    whole = _WHOLE.fullmatch(source.strip())
    return Phrase(template=template, path=tuple(whole[1].split(".")) if whole else None, roots=frozenset(asked))


def _at(known: object, path: tuple[str, ...]) -> Any:
    for name in path:
        if isinstance(known, Mapping):
            known = cast("Mapping[str, Any]", known).get(name)
        elif isinstance(known, Sequence) and not isinstance(known, str) and name.isdecimal():
            items = cast("Sequence[Any]", known)
            known = items[int(name)] if int(name) < len(items) else None
        else:
            return None
    return known
