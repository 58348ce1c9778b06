"""What holds on every page: it opens, fits a phone, speaks Russian, and the console is silent."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import PHONE, Visitor

PAGES = [
    ("/", "Right now", "Прямо сейчас"),
    ("/people", "People", "Люди"),
    ("/segments", "Segments", "Сегменты"),
    ("/journeys", "Journeys", "Сценарии"),
    ("/tasks", "Tasks", "Задачи"),
    ("/inbox", "Inbox", "Почта"),
    ("/dead-letters", "Dead letters", "Необработанные события"),
    ("/merge-reviews", "Merge reviews", "Возможные дубли"),
]


@pytest.mark.parametrize(("path", "english", "_russian"), PAGES)
def test_it_opens(owner: Visitor, path: str, english: str, _russian: str) -> None:
    page = owner.go(path)
    expect(page.get_by_role("heading", level=1, name=english)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(("path", "_english", "russian"), PAGES)
def test_it_fits_a_phone_in_russian(owner_on_the_phone: Visitor, path: str, _english: str, russian: str) -> None:
    page = owner_on_the_phone.go(path)
    expect(page.get_by_role("heading", level=1, name=russian)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_sections_open_from_the_menu_on_a_phone(owner_on_the_phone: Visitor) -> None:
    page = owner_on_the_phone.go("/")
    page.get_by_role("button", name="Меню").click()
    page.get_by_role("navigation").get_by_role("link", name="Люди").click()
    expect(page.get_by_role("heading", level=1, name="Люди")).to_be_visible()


def test_the_language_is_switched_and_remembered(owner: Visitor) -> None:
    page = owner.go("/people")
    page.get_by_text("RU", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Люди")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Люди")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_the_dark_scheme_is_chosen_and_remembered(owner: Visitor) -> None:
    page = owner.go("/people")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("menuitem", name="Dark").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_an_address_that_leads_nowhere_says_so(owner: Visitor) -> None:
    page = owner.go("/nowhere/at/all")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
