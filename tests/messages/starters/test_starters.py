from __future__ import annotations

import pytest

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import NotFound
from hourglass.messages import BRAND, SNIPPET, TEMPLATE, starter_documents, starters
from hourglass.messages.lint.finding import Page
from hourglass.messages.lint.lint import examine
from hourglass.messages.rendering.fill import Filled, Unmade
from tests.messages.shop import NOW, SHOP, Shop
from tests.messages.starters.rendering import TEMPLATES, filled

EACH = [pytest.param(key, locale, id=f"{key}-{locale}") for key in TEMPLATES for locale in ("en", "ru")]
# These make no sense without what they are about, and are not sent then.
WITHHELD = {"abandoned-cart": "data_missing"}


def test_there_are_twelve_and_each_says_what_it_is_for() -> None:
    told = starters()
    assert len(told) == 12
    assert all(one.name and one.name_ru and one.description and one.purpose != "any" for one in told)
    assert [one.key for one in told] == list(TEMPLATES)


@pytest.mark.parametrize(("key", "locale"), EACH)
def test_a_starter_is_complete_and_clean(key: str, locale: str) -> None:
    made, preheader, missing = filled(key, locale)
    assert isinstance(made, Filled)
    assert missing == []
    assert made.html
    assert f'lang="{locale}"' in made.html
    assert "fonts.googleapis.com" not in made.html
    assert "{{" not in made.html + made.text + made.subject
    assert "{%" not in made.html + made.text + made.subject
    cyrillic = any("а" <= letter <= "я" for letter in made.subject.lower())
    assert cyrillic == (locale == "ru")
    page = Page(subject=made.subject, preheader=preheader, html=made.html, text=made.text, locale=locale,
                authored=made.html.replace("/u/preview", "unsubscribe_url"),
                marketing=TEMPLATES[key].purpose == "marketing")  # fmt: skip
    examined = examine(page)
    assert examined.findings == []
    assert examined.spam.points <= 2.1  # what a filter gives to a picture with few words


@pytest.mark.parametrize(("key", "locale"), EACH)
def test_a_starter_bears_that_nothing_is_known(key: str, locale: str) -> None:
    made, preheader, _ = filled(key, locale, known=False)
    if key in WITHHELD:
        assert isinstance(made, Unmade)
        assert (made.reason, made.withheld) == (WITHHELD[key], True)
        return
    assert isinstance(made, Filled)
    for line in (made.subject, preheader):
        assert len(line) > 8
        assert ", !" not in line
        assert "  " not in line
        assert not line.startswith((",", " ", ":"))
    assert "None" not in made.text


def test_words_are_there_in_both_languages() -> None:
    for template in TEMPLATES.values():
        assert template.words.keys() == template.locales["ru"].words.keys(), template.key


def test_a_cart_with_many_things_is_cut_and_says_so() -> None:
    line = {"name": "Mug", "quantity": 1, "price": 2, "currency": "GBP", "available": False}
    made, _, _ = filled("abandoned-cart", "ru", cart={"lines": [line] * 11, "value": 22, "currency": "GBP"})
    assert isinstance(made, Filled)
    assert "и ещё 3 товара" in made.text
    assert made.text.count("Пока закончилось") == 8


def test_starters_are_added_as_documents_like_any_other(shop: Shop) -> None:
    kinds = Kinds([TEMPLATE, SNIPPET, BRAND])
    with shop.database.transaction() as tx:
        for document in starter_documents(["welcome"]):
            definitions.put(tx, SHOP, document, kinds=kinds, author="t", now=NOW)
            found = kinds.doubts(tx, SHOP, document)
            # Without an address of the shop in the brand, the button leads nowhere, and the author hears of it.
            assert {doubt.path for doubt in found} <= {"en.link_empty", "ru.link_empty"}
    with pytest.raises(NotFound, match="There is no starter “nope”"):
        starter_documents(["nope"])
