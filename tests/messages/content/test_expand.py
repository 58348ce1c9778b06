from __future__ import annotations

from typing import Any

import msgspec
import pytest

from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages import BRAND
from hourglass.messages.content.brand import Brand, read_brand, words_of_brand
from hourglass.messages.content.compile import check, compile_template
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.snippet import read_snippet
from hourglass.messages.content.template import read

KNOWN = {"currency": "EUR", "unsubscribe_url": "https://u.example", "marketing": False, "now": None}


def parts(*snippets: dict[str, Any], locale: str = "en", **brand: Any) -> Parts:
    read_all = [read_snippet({"kind": "snippet", **one}) for one in snippets]
    return Parts(
        shop="Bazaar",
        locale=locale,
        brands={"default": read_brand({"kind": "brand", "key": "default", **brand})},
        snippets={one.key: one for one in read_all},
        assets={},
    )


def rendered(document: dict[str, Any], having: Parts, locale: str = "en", part: str = "html", **known: Any) -> str:
    template = read({"kind": "template", "key": "t", "subject": "s", **document})
    check(template, having)
    ready = compile_template(template, locale, having)
    return getattr(ready, part).fill({"locale": ready.locale, "brand": ready.brand, **KNOWN, **known})


def test_a_snippet_is_put_into_markup_before_it_is_laid_out() -> None:
    text = "<mj-text>{{ line.name }}: {{ n }}</mj-text>"
    row = {"key": "row", "mjml": f"<mj-section><mj-column>{text}</mj-column></mj-section>"}
    rows = "{% for line in cart.lines %}{% render 'row', line: line, n: 3 %}{% endfor %}"
    body = f"<mjml><mj-body>{rows}</mj-body></mjml>"
    page = rendered({"mjml": body}, parts(row), cart={"lines": [{"name": "Lamp & co"}, {"name": "<b>"}]})
    assert "Lamp &amp; co: 3" in page
    assert "&lt;b&gt;: 3" in page
    assert page.count("mj-column-per-100") >= 2


def test_a_snippet_goes_round_a_list_by_itself() -> None:
    row = {"key": "row", "html": "<li>{{ line.name }}{{ sign }}</li>"}
    body = (
        "<ul>{% render 'row' for cart.lines as line, sign: '!' %}</ul>"
        "{% render 'row' with cart.lines.first as line, sign: nil %}"
    )
    page = rendered({"html": body}, parts(row), cart={"lines": [{"name": "A"}, {"name": "B"}]})
    assert "<ul><li>A!</li><li>B!</li></ul><li>A</li>" in page


def test_a_snippet_sees_facts_and_what_it_is_handed_but_no_names_of_its_surroundings() -> None:
    row = {"key": "row", "html": "{{ profile.firstName }} {{ line.name }}"}
    body = "{% for line in cart.lines %}{% render 'row' %}{% endfor %}"
    with pytest.raises(Malformed, match="called “line"):
        rendered({"html": body}, parts(row))
    quiet = {"key": "row", "html": "{{ profile.firstName }}{% assign x = 1 %}"}
    body = "{% assign x = 2 %}{% render 'row' %}{{ x }}"
    assert rendered({"html": body}, parts(quiet), profile={"firstName": "Ann"}).startswith("Ann2")


def test_snippets_may_hold_snippets_but_not_themselves() -> None:
    outer, inner = {"key": "outer", "html": "({% render 'inner' %})"}, {"key": "inner", "html": "in"}
    assert rendered({"html": "{% render 'outer' %}"}, parts(outer, inner)).startswith("(in)")
    round_ = {"key": "inner", "html": "{% render 'outer' %}"}
    with pytest.raises(Malformed, match="contains itself"):
        rendered({"html": "{% render 'outer' %}"}, parts(outer, round_))


@pytest.mark.parametrize(("body", "sentence"), [
    ("{% render 'rwo' %}", "There is no snippet “rwo”; did you mean “row”?"),
    ("{% render row %}", "A snippet is put in like {% render 'key', name: value %}, not “row”."),
    ("{% render 'table' %}", "The snippet “table” is not written for html."),
])  # fmt: skip
def test_a_wrong_snippet_is_refused_with_the_place(body: str, sentence: str) -> None:
    having = parts({"key": "row", "html": "x"}, {"key": "table", "mjml": "<mj-section />"})
    with pytest.raises(Malformed) as refused:
        rendered({"html": body}, having)
    assert (refused.value.sentence, refused.value.path) == (sentence, "html")


def test_what_stands_in_raw_and_comments_is_left_alone() -> None:
    body = "{% raw %}{% render 'x' %}{{ words.y }}{% endraw %}{% comment %}{% render 'z' %}{% endcomment %}"
    assert rendered({"html": body}, parts()).startswith("{% render 'x' %}{{ words.y }}")


def test_words_make_one_layout_speak_many_languages() -> None:
    document = {
        "subject": "{{ words.hello }}, {{ profile.firstName }}",
        "html": "<p>{{ words.hello }} {{ words.q }}</p>",
        "words": {"hello": "Hello", "q": "Q&A {{ profile.firstName }} <b>&amp;</b>"},
        "locales": {"ru": {"words": {"hello": "Привет"}}, "ru-KZ": {"words": {"hello": "Сәлем"}}},
    }
    ann = {"firstName": "Ann"}
    assert rendered(document, parts(), "en", "subject", profile=ann) == "Hello, Ann"
    assert rendered(document, parts(), "ru", "subject", profile=ann) == "Привет, Ann"
    assert rendered(document, parts(), "ru-KZ", "subject", profile=ann) == "Сәлем, Ann"
    assert "Q&amp;A Ann <b>&amp;</b>" in rendered(document, parts(), "ru", profile=ann)


def test_snippets_have_words_of_their_own() -> None:
    russian = {"ru": {"words": {"bye": "Пока"}}}
    snippet = {"key": "foot", "html": "{{ words.bye }}", "words": {"bye": "Bye"}, "locales": russian}
    document = {"html": "<p>{% render 'foot' %}</p>", "locales": {"ru": {"subject": "тема"}}}
    assert "<p>Bye</p>" in rendered(document, parts(snippet))
    assert "<p>Пока</p>" in rendered(document, parts(snippet), "ru-KZ")


def test_the_brand_stands_in_attributes_and_texts() -> None:
    logo = {"src": "https://i.example/l.png", "width": 90}
    look: dict[str, Any] = {"name": "Tom & Co", "colors": {"accent": "#ff0000"}, "logo": logo}
    body = (
        '<mjml><mj-body background-color="{{ brand.colors.accent }}"><mj-section><mj-column>'
        '{% if brand.logo %}<mj-image width="{{ brand.logo.width }}px" src="{{ brand.logo.src }}" '
        'alt="{{ brand.name }}" />{% endif %}'
        "<mj-text>{{ brand.name }} {{ brand.tagline | upcase }}</mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    page = rendered({"mjml": body}, parts(**look, tagline="best"))
    assert "background-color:#ff0000" in page
    assert 'width="90"' in page
    assert "Tom &amp; Co BEST" in page
    assert "<img" not in rendered({"mjml": body}, parts())
    assert rendered({"subject": "{{ brand.name }}", "html": "x"}, parts(**look), part="subject") == "Tom & Co"


def test_a_brand_speaks_the_language_of_the_message_and_falls_back_to_the_workspace() -> None:
    russian = {"name": "Базар", "from": {"name": "Базар"}}
    brand = read_brand({"kind": "brand", "name": "Bazaar", "locales": {"ru": russian}})
    assert words_of_brand(brand, "ru-KZ", "Shop", "en")["name"] == "Базар"
    assert words_of_brand(brand, "ru-KZ", "Shop", "en")["from"] == {"name": "Базар", "address": None}
    assert words_of_brand(brand, "en", "Shop", "ru")["name"] == "Bazaar"
    assert words_of_brand(brand, "de", "Shop", "ru")["name"] == "Базар"
    assert words_of_brand(Brand(), "de", "Shop", "ru")["name"] == "Shop"


@pytest.mark.parametrize(("change", "path"), [
    ({"colors": {"accent": "red; }"}}, "colors.accent"),
    ({"name": "{{ profile.email }}"}, "name"),
    ({"logo": {"src": "javascript:alert(1)"}}, "logo.src"),
    ({"from": {"address": "a@b.example\r\nBcc: x@y.example"}}, "from.address"),
    ({"from": {"name": "A\nB"}}, "from.name"),
    ({"reply_to": "nobody"}, "reply_to"),
    ({"locales": {"ru": {"from": {"address": "x"}}}}, "locales.ru.from.address"),
])  # fmt: skip
def test_a_wrong_brand_is_refused_with_its_place(change: dict[str, Any], path: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_brand({"kind": "brand", "key": "default", **change})
    assert refused.value.path == path


@pytest.mark.parametrize(("wanted", "workspace", "subject"), [
    ("ru-KZ", "en", "ru"), ("en-GB", "ru", "own"), ("fr", "ru", "ru"), ("fr", "de", "own"), ("de", "ru", "ru"),
    ("ru_KZ", "", "ru"), ("kk-KZ", "kk", "own"),
])  # fmt: skip
def test_languages_fall_back_to_the_workspace_then_to_the_template(wanted: str, workspace: str, subject: str) -> None:
    document = {"subject": "own", "html": "x", "locales": {"ru": {"subject": "ru"}}}
    assert rendered(document, parts(locale=workspace), wanted, "subject") == subject


def test_huge_bodies_are_refused() -> None:
    big = {"key": "big", "html": "x" * 100_000}
    with pytest.raises(Malformed, match="over 400,000 characters"):
        rendered({"html": "{% render 'big' %}" * 5}, parts(big))


def test_documents_survive_storage() -> None:
    brand = read_brand({"kind": "brand", "key": "default", "from": {"name": "N"}, "utm": False})
    assert read_brand(msgspec.to_builtins(brand)) == brand


def test_a_brand_that_names_one_dark_colour_stays_dark_and_faint_colours_are_doubted() -> None:
    document = {"kind": "brand", "key": "default", "colors": {"muted": "#ccc"}, "dark": {"accent": "#ff9a8d"}}
    brand = read_brand(document)
    assert (brand.dark.page, brand.dark.accent) == (Brand().dark.page, "#ff9a8d")
    assert BRAND.doubts is not None
    told = BRAND.doubts(None, WorkspaceId(1), document)  # type: ignore[arg-type]
    assert [one.path for one in told] == ["colors.muted", "colors.muted"]
    assert BRAND.doubts(None, WorkspaceId(1), {"kind": "brand"}) == []  # type: ignore[arg-type]
