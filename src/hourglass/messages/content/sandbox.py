"""Liquid for marketers, in a box: no files, limits on loops, memory and output; HTML is escaped by itself."""

from __future__ import annotations

from typing import Any

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError
from liquid.filter import with_context

from hourglass.kernel import Malformed
from hourglass.messages.content.money import money

_FORBIDDEN_TAGS = ("include", "render")  # there is no place to load from


class _Sandbox(Environment):
    context_depth_limit = 12
    loop_iteration_limit = 5_000
    local_namespace_limit = 200_000
    output_stream_limit = 1_000_000

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for tag in _FORBIDDEN_TAGS:
            self.tags.pop(tag, None)
        self.filters.pop("safe", None)  # what customers typed stays escaped
        self.filters["money"] = _money


@with_context
def _money(amount: Any, currency: Any = None, *, context: Any) -> str:
    """`{{ cart.value | money }}`: in the shop's currency unless another is named."""
    return money(amount, str(currency or context.resolve("currency")), str(context.resolve("locale")))


_HTML = _Sandbox(autoescape=True)
_TEXT = _Sandbox(autoescape=False)


def parse_html(source: str, path: str) -> BoundTemplate:
    """Liquid whose values are escaped for HTML. Raises Malformed with the place."""
    return _parse(_HTML, source, path)


def parse_text(source: str, path: str) -> BoundTemplate:
    """Liquid for subjects and plain text. Raises Malformed with the place."""
    return _parse(_TEXT, source, path)


def roots(template: BoundTemplate) -> set[str]:
    """The names it expects from outside: `cart`, `profile`."""
    return set(template.global_variables())


def _parse(environment: Environment, source: str, path: str) -> BoundTemplate:
    try:
        template = environment.from_string(source)
    except LiquidError as error:
        raise Malformed(f"Liquid: {error.message or error}", path=path) from error
    strange = sorted(set(template.filter_names()) - environment.filters.keys())
    if strange:
        raise Malformed(f"Liquid: there is no filter “{strange[0]}”.", path=path)
    return template
