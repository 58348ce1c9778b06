from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from liquid.exceptions import LiquidError

from hourglass.kernel import Malformed
from hourglass.messages.content.compile import compile_template, read_template
from hourglass.messages.content.liquid.sandbox import SENDING, parse

NOW = datetime(2026, 3, 5, 21, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Almaty"))
KNOWN: dict[str, Any] = {"locale": "en", "currency": "EUR", "marketing": False, "now": NOW}


def html(source: str, **known: Any) -> str:
    return parse(SENDING.html, source, "html").fill({**KNOWN, **known})


def text(source: str, locale: str = "en", **known: Any) -> str:
    return parse(SENDING.text, source, "text").fill({**KNOWN, "locale": locale, **known})


GREEDY = {
    "loops side by side": "{% for i in (1..4000) %}{% endfor %}" * 20,
    "loops in snippets": "{% for i in (1..100) %}{% snippet _: 1 %}{% for j in (1..400) %}.{% endfor %}"
    "{% endsnippet %}{% endfor %}",
    "filters": "{% for i in (1..4000) %}{{ i | plus: 1 | times: 2 | minus: 3 | plus: 4 | abs | ceil }}{% endfor %}",
    "replace grows": "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..12) %}{% assign s = s | append: s %}{% endfor %}"
    "{{ s | replace: 'a', s }}",
    "join grows": "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..12) %}{% assign s = s | append: s %}{% endfor %}"
    "{{ (1..4000) | join: s }}",
    "range as a list": "{{ (1..100000000) | join: ',' }}",
    "range turned round": "{% assign a = (1..100000000) | reverse %}{{ a.size }}",
    "split into letters": "{% assign s = 'x' %}{% for i in (1..17) %}{% assign s = s | append: s %}{% endfor %}"
    "{{ s | split: '' | size }}",
    "numbers grow": "{% assign n = 9999999999 %}{% for i in (1..40) %}{% assign n = n | times: n %}{% endfor %}{{ n }}",
    "captured": "{% for i in (1..1000) %}{% capture a %}{% for j in (1..4) %}{{ profile.long }}{% endfor %}"
    "{% endcapture %}{{ a }}{% endfor %}",
    "a long cycle in a loop": f"{{% for i in (1..5000) %}}{{% cycle {', '.join(['a'] * 3000)} %}}{{% endfor %}}",
    "tablerow": "{% tablerow i in (1..100000) %}{{ i }}{% endtablerow %}",
}  # fmt: skip


@pytest.mark.parametrize("source", GREEDY.values(), ids=GREEDY)
def test_a_greedy_template_is_stopped_soon(source: str) -> None:
    started = time.thread_time()
    with pytest.raises((LiquidError, ValueError, ArithmeticError)):
        html(source, profile={"long": "y" * 5000})
    assert time.thread_time() - started < 3


def test_time_is_limited_where_steps_are_few_but_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    from hourglass.messages.content.liquid import meter

    clock = iter(range(0, 100_000, 1))
    monkeypatch.setattr(meter, "cpu_seconds", lambda: next(clock) * 0.5)
    with pytest.raises(LiquidError, match="time limit"):
        html("{% for i in (1..1000) %}{{ i | plus: 1 }}{% endfor %}")


def test_tags_without_an_end_cost_no_quadratic_time() -> None:
    started = time.thread_time()
    html("{{ profile.bio | strip_html }}", profile={"bio": "<" * 49_000})
    assert time.thread_time() - started < 1


def test_data_too_long_for_a_filter_is_refused_and_printed_as_it_is_without() -> None:
    with pytest.raises(LiquidError, match="size limit"):
        html("{{ profile.bio | upcase }}", profile={"bio": "x" * 60_000})
    assert len(html("{{ profile.bio }}", profile={"bio": "x" * 60_000})) == 60_000


@pytest.mark.parametrize("path", [
    "profile.__class__", "profile.firstName.__class__.__mro__", "profile['__class__']", "now.__class__", "now.year",
    "profile.keys", "profile.items", "profile.firstName.format", "cart.lines.append", "money.__globals__",
    "self", "context",
])  # fmt: skip
def test_nothing_but_data_can_be_reached(path: str) -> None:
    assert text(f"[{{{{ {path} }}}}]", profile={"firstName": "Anna"}, cart={"lines": []}) == "[]"


def test_liquid_in_data_stays_data() -> None:
    evil = "{{ profile.email }}{% for i in (1..9) %}x{% endfor %}{% raw %}"
    assert text("{{ profile.firstName }}", profile={"firstName": evil, "email": "a@b"}) == evil
    assert "x" not in html("{% assign a = profile.firstName %}{{ a }}", profile={"firstName": evil}).replace(
        "x{% e", ""
    )


@pytest.mark.parametrize("source", [
    "{{ profile.n }}", "{{ profile.n | upcase }}", "{{ profile.n | append: '!' }}", "{{ '<b>' | append: profile.n }}",
    "{{ '%' | replace: '%', profile.n }}", "{% capture a %}{{ profile.n }}{% endcapture %}{{ a }}",
    "{{ profile.list | join: '<br>' }}", "{{ profile.list }}", "{{ profile }}", "{{ profile.n | newline_to_br }}",
    "{{ profile.n | strip_html | append: profile.n }}", "{{ profile.n | escape_once }}", "{{ profile.n | money }}",
    "{{ profile.n | number }}", "{{ profile.n | date: '%d' }}", "{{ 3 | plural: profile.n, profile.n }}",
    "{{ now | date: profile.n }}", "{% snippet a: profile.n %}{{ a }}{% endsnippet %}",
    "{{ profile.n | default: 'x' }}",
    "{{ profile.n | split: ' ' | first }}", "{{ profile.n | strip_newlines }}", "{{ 1 | money: profile.n }}",
])  # fmt: skip
def test_markup_in_data_is_escaped_whatever_is_done_with_it(source: str) -> None:
    n = "<ScRiPt>alert('x')</sCrIpT><img src=x onerror=alert(1)>"
    page = html(source, profile={"n": n, "list": [n, n]}).lower()
    assert "<script" not in page
    assert "<img" not in page


def test_forbidden_tags_and_filters_are_refused() -> None:
    for source in ("{% include 'x' %}", "{{ x | safe }}", "{{ x | base64_decode }}", "{% render x %}"):
        with pytest.raises(Malformed):
            read_template({"kind": "template", "key": "t", "subject": "s", "html": source})


def test_amounts_can_be_calculated_with() -> None:
    from decimal import Decimal

    line = {"price": Decimal("12.50"), "quantity": 3}
    assert text("{{ line.price | times: line.quantity | money }}", line=line) == "€37.50"
    assert text("{{ line.price | minus: 0.5 }} {{ line.price | divided_by: line.price }}", line=line) == "12.0 1.0"


@pytest.mark.parametrize(("source", "en", "ru"), [
    ("{{ 1234567.891 | number }}", "1,234,567.891", "1\u202f234\u202f567,891"),
    ("{{ 2.5 | number: 0 }}", "2", "2"),
    ("{{ 'many' | number }}", "many", "many"),
    ("{{ nothing | number }}|{{ nothing | money }}|{{ nothing | date: 'long' }}", "||", "||"),
    ("{{ '1e999999' | money }}", "1e999999", "1e999999"),
    ("{{ now | date: 'long' }}", "March 6, 2026", "6 марта 2026\u202fг."),
    ("{{ now | date: '%d %B, %H:%M' }}", "06 March, 02:30", "06 марта, 02:30"),
    ("{{ now | date: '%B %Y' }}", "March 2026", "март 2026"),
    ("{{ '1990-05-14' | date: '%-d %b' }}", "14 May", "14 мая"),
    ("{{ '2026-03-05T21:30:00Z' | date: '%H:%M' }}", "02:30", "02:30"),
    ("{{ 'soon' | date: 'long' }}", "soon", "soon"),
    ("{{ 'today' | date: 'short' }}", "3/6/26", "06.03.2026"),
])  # fmt: skip
def test_amounts_and_dates_in_the_language_of_the_reader(source: str, en: str, ru: str) -> None:
    assert text(source) == en
    assert text(source, "ru-KZ") == ru


@pytest.mark.parametrize(("amount", "form"), [
    (1, "товар"), (2, "товара"), (5, "товаров"), (11, "товаров"), (21, "товар"), (104, "товара"), ("1.5", "товара"),
    (0, "товаров"), ("many", "товаров"),
])  # fmt: skip
def test_russian_words_after_numbers(amount: object, form: str) -> None:
    assert text("{{ n | plural: 'товар', 'товара', 'товаров' }}", "ru", n=amount) == form


def test_english_words_after_numbers() -> None:
    assert [text("{{ n | plural: 'item', 'items' }}", n=n) for n in (0, 1, 2)] == ["items", "item", "items"]


def test_what_stands_in_is_used_everywhere_and_only_where_nothing_is() -> None:
    document = {
        "kind": "template", "key": "t", "subject": "{{ profile.firstName }}",
        "html": "{% if profile.city %}{{ profile.city }}{% endif %}",
        "fallbacks": {"profile.firstName": "friend", "profile.city": "your town"},
        "locales": {"ru": {"fallbacks": {"profile.firstName": "друг"}}},
    }  # fmt: skip
    from hourglass.messages.rendering.fill import Filled, fill

    for locale, traits, subject in (
        ("en", {}, "friend"), ("en", {"firstName": "Anna"}, "Anna"), ("en", {"firstName": " "}, "friend"),
        ("ru", {"firstName": None}, "друг"),
    ):  # fmt: skip
        made = fill(compile_template(read_template(document), locale), {**KNOWN, "profile": traits}, "t")
        assert isinstance(made, Filled)
        assert made.subject == subject
        assert made.text == "your town"
    assert traits == {"firstName": None}
