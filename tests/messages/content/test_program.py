"""A template as a program writes what the library writes, for everything that Liquid can say."""
# ruff: noqa: E501 - a source is easier to read on one line

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import pytest
from liquid.exceptions import LiquidError

from hourglass.messages.content.liquid.meter import OUTPUT, MeteredContext, MeteredTemplate, Page
from hourglass.messages.content.liquid.program import program
from hourglass.messages.content.liquid.sandbox import parse_html, parse_text

LINES = [{"name": "Tea & <cups>", "price": Decimal("19.90")}, {"name": "Кофе", "price": Decimal(5)}, {"name": None}]
KNOWN: dict[str, Any] = {
    "profile": {"firstName": "Anna <b>", "age": 0, "vip": True, "tags": ["a", "<b>"], "address": {"city": "Oslo"}},
    "cart": {"lines": LINES, "value": Decimal("24.90")},
    "brand": {"name": "Field & Hearth", "dark": False, "colors": {"page": "#fff"}},
    "empty": [],
    "nothing": None,
    "currency": "EUR",
    "locale": "en",
}
SOURCES = [
    "plain",
    "{{ profile.firstName }}, {{ profile.lastName }} {{ profile.age }} {{ profile.vip }} {{ nothing }} {{ profile.tags }}",
    "{{ profile.address.city.zip }}{{ profile['firstName'] }}{{ cart.lines[0].name }}{{ cart.lines.first.name }}",
    "{{ profile.firstName | upcase | append: '<i>' }} {{ profile.lastName | default: 'friend' }} {{ '<hr>' }} {{ 7 }} {{ 1.5 }}",
    "{{ cart.value | money }} {{ cart.value | money: 'USD' }} {{ profile.tags | join: ', ' }} {{ cart.lines | size }}",
    "{{ profile.firstName | default: 'x', allow_false: true }}",
    "{% for line in cart.lines limit: 2 %}{{ forloop.index }}:{{ line.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}",
    "{% for line in cart.lines reversed %}{{ line.name }};{% endfor %}{% for x in empty %}a{% else %}none{% endfor %}",
    "{% for line in cart.lines limit: 1 %}{{ line.name }}{% endfor %}{% for line in cart.lines offset: continue %}+{{ line.name }}{% endfor %}",
    "{% for i in (1..4) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for line in cart.lines %}{% for tag in profile.tags %}{{ forloop.parentloop.index }}{{ tag }}{% endfor %}{% endfor %}",
    "{% for pair in profile.address %}{{ pair[0] }}={{ pair[1] }}{% endfor %}{% for x in nothing %}x{% endfor %}",
    "{% for x in cart.lines limit: nothing %}{{ x.name }}{% endfor %}{% for x in cart.lines limit: 0 %}{{ x.name }}{% endfor %}",
    "{% if profile.vip and cart.value > 20 %}a{% elsif profile.age %}b{% else %}c{% endif %}",
    "{% if profile.lastName or profile.age %}a{% endif %}{% if nothing %}b{% elsif false %}c{% endif %}",
    "{% if brand.dark %}dark{% else %}{{ brand.name }}{% endif %} {{ brand.colors.page }} {{ brand.colors.none }}",
    "{% if brand.name and profile.vip %}1{% endif %}{% if brand.dark or profile.vip %}2{% endif %}{% if true %}3{% endif %}",
    "{% if profile.vip %}  {% assign x = 1 %} {% endif %}{{ x }}{% if brand.name %} \n {% endif %}|",
    "{% assign brand = profile.address %}{{ brand.city }}{{ brand.name }}",
    "{% assign n = 'a<b' %}{{ n }}{% assign m = cart.value | plus: 1 %}{{ m }}{% capture c %}<{{ n }}>{% endcapture %}{{ c }}",
    "{% case profile.age %}{% when 0 %}zero{% else %}{{ profile.firstName }}{% endcase %}{% cycle 'a', 'b' %}{% increment i %}",
    "{% unless profile.vip %}a{% else %}{{ profile.firstName }}{% endunless %}{% echo profile.firstName %}{% raw %}{{ x }}{% endraw %}",
    "{% tablerow x in cart.lines cols: 2 %}{{ x.name }}{% endtablerow %}{# nothing #}{% comment %}x{% endcomment %}",
    "{% snippet it: cart.lines %}{{ it | size }}{{ brand.name }}{% assign y = 1 %}{% endsnippet %}{{ y }}{{ it }}",
    "{% for line in cart.lines %}{% snippet brand: line %}{{ brand.name }}{{ line.name }}{% endsnippet %}{% endfor %}",
    "{% break %}",
    "{% for x in cart.lines %}{{ x.name | plus: 'a' | divided_by: 0 }}{% endfor %}",
    "{{ cart.lines | where }}",
]


def by_the_library(template: MeteredTemplate) -> str:
    page = Page(OUTPUT)
    template.render_with_context(MeteredContext(template, globals=KNOWN), cast("Any", page))
    return page.getvalue()


def answer(work: Any) -> str:
    try:
        return work()
    except LiquidError as error:
        return f"{type(error).__name__}: {error.message}"


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("parse", [parse_html, parse_text])
@pytest.mark.parametrize("constants", [{}, {"brand": KNOWN["brand"]}], ids=["all asked", "brand is fixed"])
def test_it_writes_what_the_library_writes(source: str, parse: Any, constants: dict[str, Any]) -> None:
    template = parse(source, "html")
    template.steps = program(template, constants)
    assert answer(lambda: template.fill(KNOWN)) == answer(lambda: by_the_library(template))


def test_what_is_the_same_for_everybody_is_written_at_once() -> None:
    template = parse_html("<b>{{ brand.name }}</b>{% if brand.dark %}{{ profile.x }}{% else %}light{% endif %}", "html")
    template.steps = program(template, {"brand": KNOWN["brand"]})
    assert len(template.steps) == 1
    assert template.fill({}) == "<b>Field &amp; Hearth</b>light"
