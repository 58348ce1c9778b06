from __future__ import annotations

from typing import Any

import pytest

from hourglass.kernel import Malformed
from hourglass.messages import read_template
from hourglass.messages.content.compile import compile_template
from tests.messages.shop import HELLO

LOOP = """
<mjml><mj-head><mj-title>{{ shop.name }}</mj-title><mj-preview>{{ preheader }}</mj-preview></mj-head><mj-body>
{% if cart.lines.size > 0 %}
{% for line in cart.lines %}
<mj-section>{% if line.image_url %}<mj-column><mj-image src="{{ line.image_url }}" /></mj-column>{% endif %}
<mj-column><mj-text>{{ line.name | upcase }} {% if line.quantity > 1 %}x{{ line.quantity }}{% endif %}</mj-text>
<mj-button href="https://shop.example/p?id={{ line.product_id }}&amp;a=1">Buy</mj-button></mj-column></mj-section>
{% endfor %}
{% endif %}
<mj-section><mj-column><mj-table>
{% for line in cart.lines %}<tr><td>{{ line.price | money }}</td></tr>{% endfor %}</mj-table>
</mj-column></mj-section>
</mj-body></mjml>
"""
CART = {"lines": [
    {"name": "Lamp & co", "quantity": 2, "price": "12.5", "product_id": "a b", "image_url": "https://i.example/1.png"},
    {"name": "<script>", "quantity": 1, "price": "3", "product_id": "2"},
]}  # fmt: skip


def rendered(document: dict[str, Any], part: str = "html", locale: str = "en", **known: Any) -> str:
    ready = compile_template(read_template({**HELLO, "html": None, **document}), locale)
    values = {"locale": ready.locale, "currency": "EUR", "unsubscribe_url": "https://u.example", "marketing": True}
    return getattr(ready, part).render(**values | known)


def test_liquid_goes_through_mjml_in_every_place() -> None:
    page = rendered({"mjml": LOOP, "preheader": "Still {{ cart.lines.size }} here"}, shop={"name": "Bazaar"}, cart=CART)
    assert "lq0" not in page
    assert "<title>Bazaar</title>" in page
    assert "Still 2 here" in page
    assert page.count("LAMP &amp; CO") == 1
    assert "x2" in page
    assert "x1" not in page
    assert page.count("<img") == 1
    assert 'href="https://shop.example/p?id=a b&amp;a=1"' in page
    assert "€12.50" in page
    assert page.count("<!--[if ") == page.count("<![endif]-->")


def test_what_customers_typed_is_escaped_in_html_and_plain_in_text() -> None:
    assert "&lt;SCRIPT&gt;" in rendered({"mjml": LOOP}, cart=CART)
    assert "<script>" not in rendered({"mjml": LOOP}, cart=CART).lower()
    assert "<SCRIPT>" in rendered({"mjml": LOOP}, "text", cart=CART)


def test_liquid_in_data_is_not_run() -> None:
    page = rendered(
        {"html": "<p>{{ profile.firstName }}</p>"},
        profile={"firstName": "{{ shop.name }}{% for %}"},
        shop={"name": "X"},
    )
    assert "{{ shop.name }}{% for %}" in page


def test_the_text_is_made_from_the_html() -> None:
    text = rendered({"mjml": LOOP, "preheader": "hidden"}, "text", shop={"name": "Bazaar"}, cart=CART)
    assert "LAMP & CO x2" in text
    assert "Buy (https://shop.example/p?id=a b&a=1)" in text
    assert "€3.00" in text
    assert "hidden" not in text
    assert "mso" not in text
    assert rendered({"html": "<p>x</p>", "text": "My own {{ 1 | plus: 1 }}"}, "text") == "My own 2"


def test_styles_of_plain_html_are_put_inline() -> None:
    rows = "{% for i in (1..2) %}<tr><td>{{ i }}</td></tr>{% endfor %}"
    style = "<head><style>td { color: red }</style></head>"
    assert rendered({"html": f"<html>{style}<body><table>{rows}</table></body></html>"}).count("color: red;") == 2


def test_a_mail_always_has_a_way_out() -> None:
    assert "https://u.example" in rendered({"html": "<p>Hi</p>"})
    assert "Отписаться" in rendered({"html": "<p>Hi</p>", "locale": "ru"})
    assert "https://u.example" not in rendered({"html": "<p>Hi</p>"}, marketing=False)
    assert rendered({"html": '<a href="{{ unsubscribe_url }}">bye</a>'}).count("https://u.example") == 1


def test_languages_fall_back_to_the_template_itself() -> None:
    document = {
        "subject": "Hello",
        "html": "<p>Hello</p>",
        "locales": {"ru": {"subject": "Привет"}, "de": {"html": "<p>Hallo</p>"}},
    }
    assert rendered(document, "subject", "ru-KZ") == "Привет"
    assert "<p>Hello</p>" in rendered(document, "html", "ru")
    assert rendered(document, "subject", "de") == "Hello"
    assert "<p>Hallo</p>" in rendered(document, "html", "de-AT")
    assert rendered(document, "subject", "fr") == "Hello"


@pytest.mark.parametrize(("amount", "en", "ru"), [
    ("12.5", "€12.50", "12,50\u00a0€"), (1234567, "€1,234,567.00", "1\u202f234\u202f567,00\u00a0€"),
    (-3, "-€3.00", "-3,00\u00a0€"), (None, "", ""), ("soon", "soon", "soon"),
])  # fmt: skip
def test_money_is_written_as_people_read_it(amount: object, en: str, ru: str) -> None:
    subject = "{{ event.a | money }}"
    document = {"html": "<p>x</p>", "subject": subject, "locales": {"ru": {"subject": subject}}}
    assert rendered(document, "subject", event={"a": amount}) == en
    assert rendered(document, "subject", "ru", event={"a": amount}) == ru
    assert rendered({"html": "<p>x</p>", "subject": "{{ 5 | money: 'JPY' }}"}, "subject") == "¥5"


@pytest.mark.parametrize(("change", "path"), [
    ({"html": "<p>{{ x </p>"}, "html"),
    ({"html": "{% for %}{% endfor %}"}, "html"),
    ({"html": "{% include 'secret' %}"}, "html"),
    ({"html": "{{ x | no_such_filter }}"}, "html"),
    ({"html": "{{ x | safe }}"}, "html"),
    ({"mjml": "<mjml><mj-body><mj-oops></mj-body></mjml>"}, "mjml"),
    ({"mjml": "<mjml><mj-body><mj-include path='/etc/passwd' /></mj-body></mjml>"}, "mjml"),
    ({"subject": "{{", "html": "<p>x</p>"}, "subject"),
    ({"subject": " ", "html": "<p>x</p>"}, "subject"),
    ({"html": "<p>x</p>", "mjml": "<mjml></mjml>"}, "mjml"),
    ({}, "mjml"),
    ({"html": "<p>x</p>", "subjekt": "x"}, None),
    ({"html": "<p>x</p>", "locales": {"ru": {"subject": "{% if %}"}}}, "locales.ru.subject"),
    ({"html": 5}, "html"),
])  # fmt: skip
def test_a_wrong_template_is_refused_with_its_place(change: dict[str, Any], path: str | None) -> None:
    with pytest.raises(Malformed) as refused:
        read_template({**HELLO, "html": None, **change})
    assert refused.value.path == path


@pytest.mark.parametrize("source", [
    "{% for i in (1..100000000) %}x{% endfor %}",
    "{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}",
    "{% assign s = 'x' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}",
    "{% for i in (1..4000) %}" + "x" * 1000 + "{% endfor %}",
])  # fmt: skip
def test_a_greedy_template_is_stopped(source: str) -> None:
    with pytest.raises(Exception, match=r"limit|iteration|stream|namespace|Limit"):
        rendered({"html": source})


@pytest.mark.parametrize(("source", "sentence"), [
    ("<p>{{ cart.value }}</p>\n<p>{{ prfile.name }}{% assign x = 1 %}{{ x }}</p>",
     "Line 2: nothing here is called “prfile”; did you mean “profile”?"),
    ("{{ cart.valeu }}", "Line 1: nothing here is called “cart.valeu”; did you mean “cart.value”?"),
    ("{{ blocks.picks }}", "Line 1: nothing here is called “blocks.picks”."),
    ("{{ brand.colours.page }}", "There is no `brand.colours.page`; did you mean “colors”?"),
    ("{{ words.hello }}", "There is no `words.hello`."),
])  # fmt: skip
def test_names_nobody_knows_are_refused_with_their_line(source: str, sentence: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_template({**HELLO, "html": source})
    assert refused.value.sentence == sentence
    assert refused.value.path == "html"


def test_lines_stay_short_enough_for_mail_servers() -> None:
    assert max(map(len, rendered({"mjml": LOOP}, cart=CART).split("\n"))) < 998
