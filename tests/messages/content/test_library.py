from __future__ import annotations

import pytest

from hourglass.messages.content.library import Library
from tests.messages.shop import SHOP, Shop


@pytest.fixture
def library(shop: Shop) -> Library:
    """With one template in English, Russian and the Russian of Kazakhstan."""
    shop.template({
        "key": "t", "subject": "en", "html": "x", "locales": {"ru": {"subject": "ru"}, "ru-KZ": {"subject": "kz"}},
    })  # fmt: skip
    found = Library()
    with shop.database.transaction() as tx:
        found.refresh(tx, SHOP, 1)
    return found


@pytest.mark.parametrize(("locale", "subject"), [
    ("en", "en"), ("en-GB", "en"), ("ru", "ru"), ("ru_RU", "ru"), ("ru-KZ", "kz"), ("fr", "en"), ("", "en"),
    ("x" * 500, "en"), ("-", "en"),
])  # fmt: skip
def test_a_template_is_found_in_the_language_that_comes_nearest(library: Library, locale: str, subject: str) -> None:
    found = library.find(SHOP, "t", locale)
    assert found is not None
    assert found.subject.fill({}) == subject


def test_locales_that_nobody_writes_in_are_compiled_once(library: Library) -> None:
    assert len({id(library.find(SHOP, "t", f"x{number}-Y{number}")) for number in range(100)}) == 1
    assert library.find(SHOP, "none", "en") is None


def test_a_change_of_a_definition_is_noticed(library: Library, shop: Shop) -> None:
    before = library.find(SHOP, "t", "en")
    with shop.database.transaction() as tx:
        library.refresh(tx, SHOP, 1)
        assert library.find(SHOP, "t", "en") is before
        library.refresh(tx, SHOP, 2)
        assert library.find(SHOP, "t", "en") is not before
