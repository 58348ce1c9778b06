from __future__ import annotations

from typing import Any

import pytest

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import Malformed, NotFound
from hourglass.messages import BRAND, SNIPPET, TEMPLATE
from hourglass.messages.content.template import read
from hourglass.messages.preview.checks import doubts, findings
from hourglass.messages.preview.preview import TemplatePreview, Wish, preview
from hourglass.postgres import find_workspace
from tests.messages.shop import NOW, SHOP, Shop

BODY = "<p>Dear {{ profile.firstName }} {{ profile.city | default: 'friend' }}</p><a href='https://s.de/x'>Shop</a>"
HERS = {"subject": "Hi {{ profile.firstName }}", "html": BODY, "locales": {"ru": {"subject": "Привет"}}}
KINDS = Kinds([TEMPLATE, SNIPPET, BRAND])


def look(shop: Shop, **wish: Any) -> TemplatePreview:
    with shop.database.transaction() as tx:
        return preview(tx, find_workspace(tx), Wish(**wish), "https://s.example", NOW).preview


def save(shop: Shop, **document: Any) -> None:
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, document, kinds=KINDS, author="t", now=NOW)


def test_a_message_is_shown_as_a_person_would_get_it(shop: Shop) -> None:
    anna = shop.person(firstName="Anna <b>", city="Riga", locale="ru")
    shop.run(
        "INSERT INTO identities (workspace_id, kind, value, profile_id, first_seen_at)"
        " VALUES (1, 'email', 'anna@customers.example', %(id)s, %(now)s)", id=anna, now=NOW,
    )  # fmt: skip
    shop.template({"key": "hers", **HERS})
    seen = look(shop, template="hers", profile_id=anna)
    assert (seen.subject, seen.locale) == ("Привет", "ru")
    assert "Dear Anna &lt;b&gt; Riga" in (seen.html or "")
    assert "Dear Anna <b> Riga" in seen.text
    assert look(shop, template="hers", email="ANNA@customers.example", locale="en").subject == "Hi Anna <b>"


def test_it_says_how_much_it_looks_like_spam_in_each_language(shop: Shop) -> None:
    loud = {**HERS, "subject": "Act now!!", "locales": {"ru": {"subject": "Привет"}}}
    seen = look(shop, document=loud)
    assert seen.spam is not None
    assert {"exclamation", "distrusted_subject"} <= {one.rule for one in seen.spam.reasons}
    with shop.database.transaction() as tx:
        template = read({"kind": "template", "key": "loud", **loud})
        found = findings(tx, find_workspace(tx), Wish(document=loud), template)
    points = {one.locale: one.points for one in found.spam}
    assert points["en"] > points["ru"] >= 0


def test_what_is_missing_is_named_and_what_has_a_stand_in_is_not(shop: Shop) -> None:
    nobody = shop.person()
    seen = look(shop, document=HERS, profile_id=nobody)
    assert [one.en for one in seen.warnings if one.code == "data_missing"] == [
        "Nothing is known for “profile.firstName”; its place stays empty."
    ]
    kept = look(shop, document={**HERS, "fallbacks": {"profile.firstName": "friend"}}, profile_id=nobody)
    assert kept.subject == "Hi friend"
    assert not [one for one in kept.warnings if one.code == "data_missing"]


def test_a_message_that_would_not_be_sent_says_why(shop: Shop) -> None:
    nobody = shop.person()
    wanting = {**HERS, "required": ["cart.lines"]}
    assert look(shop, document=wanting, profile_id=nobody).refused == "data_missing: cart.lines"
    block = {"picks": {"source": "viewed", "when_empty": "withhold"}}
    seen = look(shop, document={**HERS, "blocks": block}, profile_id=nobody)
    assert seen.refused == "nothing_to_show: picks"
    assert seen.html


def test_without_a_person_somebody_is_made_up(shop: Shop) -> None:
    body = "{% for line in cart.lines %}{{ line.name }}{% endfor %}{{ event.code }}{{ order.value | money }}"
    seen = look(shop, document={"subject": "{{ profile.firstName }}", "html": body})
    assert seen.subject == "Anna"
    assert "Stoneware mug" in seen.text
    assert not [one for one in seen.warnings if one.code == "data_missing"]
    assert look(shop, document={"subject": "{{ event.code }}", "html": "x"}, event={"code": "MINE"}).subject == "MINE"


def test_links_are_shown_with_their_utm_and_without_anything_that_tells(shop: Shop) -> None:
    page = look(shop, document={**HERS, "utm": {"campaign": "may sale"}}).html or ""
    assert "https://s.de/x?utm_source=hourglass&amp;utm_medium=email&amp;utm_campaign=may%20sale" in page
    assert "/t/" not in page


def test_saving_answers_with_doubts_and_refuses_what_cannot_work(shop: Shop) -> None:
    with shop.database.transaction() as tx:
        told = doubts(tx, SHOP, {"kind": "template", "key": "t", **HERS})
    assert {one.path for one in told} == {
        f"{locale}.{code}" for locale in ("en", "ru") for code in ("preheader_missing", "unsubscribe_missing")
    }
    with pytest.raises(Malformed, match="There is no snippet “foot”"):
        shop.template({"key": "t", **HERS, "html": "{% render 'foot' %}"})


def test_traits_that_nobody_has_are_doubted_with_what_was_meant(shop: Shop) -> None:
    document = {"kind": "template", "key": "t", **HERS}

    def told() -> list[tuple[str, list[str]]]:
        with shop.database.transaction() as tx:
            return [(one.path, one.near) for one in doubts(tx, SHOP, document) if one.path.startswith("profile.")]

    assert told() == []
    shop.person(first_name="Anna", firstname="Anna", city="Riga")
    assert told() == [("profile.firstName", ["firstname", "first_name"])]
    shop.person("ben@customers.example", firstName="Ben")
    assert told() == []


def test_a_snippet_may_change_but_not_break_what_uses_it(shop: Shop) -> None:
    save(shop, kind="snippet", key="foot", html="<p>{{ shop.name }}</p>")
    save(shop, kind="template", key="t", **{**HERS, "html": "{% render 'foot' %}"})
    save(shop, kind="snippet", key="foot", html="<p>{{ shop.currency }}</p>")
    assert "EUR" in (look(shop, template="t").html or "")
    with pytest.raises(Malformed, match="The template “t” would break"):
        save(shop, kind="snippet", key="foot", html="{{ shopp.name }}")


def test_wrong_wishes_are_refused(shop: Shop) -> None:
    with pytest.raises(NotFound):
        look(shop, template="none")
    with pytest.raises(NotFound):
        look(shop, document=HERS, email="nobody@x.example")
    with pytest.raises(NotFound):
        look(shop, document=HERS, profile_id=4711)
    with pytest.raises(Malformed):
        look(shop)
