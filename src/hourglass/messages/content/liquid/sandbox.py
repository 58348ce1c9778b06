"""Liquid for marketers, in a box: no files, limits on steps, time and output; HTML is escaped by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError
from liquid.undefined import Undefined

from hourglass.kernel import Malformed
from hourglass.messages.content.liquid import scope
from hourglass.messages.content.liquid.filters import ARITHMETIC, FILTERS, with_decimals
from hourglass.messages.content.liquid.meter import OUTPUT, MeteredTemplate, limited
from hourglass.messages.content.liquid.program import program
from hourglass.messages.content.liquid.quick import quicken

# Snippets are put in before parsing; there is no place to load from. Doc comments would be printed.
_FORBIDDEN_TAGS = ("include", "render")
# `safe` would print what customers typed as markup; the others have no use in a message.
_FORBIDDEN_FILTERS = ("safe", "base64_decode", "base64_url_safe_decode")
_TAG = re.compile(r"<[^<>]*>?")


def _without_tags(text: Any) -> str:
    return _TAG.sub("", str(text))


class Sandbox(Environment):
    """One way of rendering: with or without escaping, and what becomes of a missing value."""

    context_depth_limit = 12
    loop_iteration_limit = 5_000
    local_namespace_limit = 200_000
    output_stream_limit = OUTPUT
    template_class = MeteredTemplate

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for tag in _FORBIDDEN_TAGS:
            self.tags.pop(tag, None)
        scope.register(self)
        for name in _FORBIDDEN_FILTERS:
            self.filters.pop(name, None)
        # The library's own takes quadratic time.
        self.filters["strip_html"] = _without_tags
        self.filters |= FILTERS
        self.filters |= {name: with_decimals(self.filters[name]) for name in ARITHMETIC}
        self.filters = {name: limited(name, one) for name, one in self.filters.items()}


class Sandboxes:
    """The pair that a message needs: HTML escapes, subjects and plain text do not."""

    def __init__(self, undefined: Callable[..., Undefined] = Undefined) -> None:
        self.html = Sandbox(autoescape=True, undefined=undefined)  # pyright: ignore[reportArgumentType]
        self.text = Sandbox(autoescape=False, undefined=undefined)  # pyright: ignore[reportArgumentType]


SENDING = Sandboxes()
"""For messages that leave: what is missing stays empty."""


def parse(sandbox: Sandbox, source: str, path: str) -> MeteredTemplate:
    """Liquid to a template. Raises Malformed with the place."""
    try:
        template = sandbox.from_string(source)
    except LiquidError as error:
        raise Malformed(f"Liquid: {error.message or error}{_near(error)}", path=path) from error
    strange = sorted(set(template.filter_names()) - sandbox.filters.keys())
    if strange:
        raise Malformed(f"Liquid: there is no filter “{strange[0]}”.", path=path)
    assert isinstance(template, MeteredTemplate)
    quicken(template)
    template.steps = program(template, {})
    return template


def roots(template: BoundTemplate) -> set[str]:
    """The names it expects from outside: `cart`, `profile`."""
    return set(template.global_variables())


def expected(template: BoundTemplate) -> Iterator[tuple[str, ...]]:
    """What it expects from outside, as paths: `("cart", "value")`. A path ends where an index is computed."""
    for found in template.analyze().globals.values():
        for variable in found:
            yield tuple(_plain(variable.segments))


def _plain(segments: list[Any]) -> Iterator[str]:
    for segment in segments:
        if not isinstance(segment, str):
            return
        yield segment


def _near(error: LiquidError) -> str:
    """The line that it is about, as far as it is known."""
    place = error.context()
    return f" (near “{place[3].strip()[:80]}”)" if place else ""


def parse_html(source: str, path: str) -> MeteredTemplate:
    """Liquid whose values are escaped for HTML. Raises Malformed with the place."""
    return parse(SENDING.html, source, path)


def parse_text(source: str, path: str) -> MeteredTemplate:
    """Liquid for subjects and plain text. Raises Malformed with the place."""
    return parse(SENDING.text, source, path)
