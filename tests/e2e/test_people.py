"""From the list of people to everything about one of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Visitor


def open_first(page: Page) -> str:
    """Go to the first person of the list; the answer is their name."""
    first = page.get_by_role("rowheader").first.get_by_role("link")
    name = first.inner_text()
    first.click()
    return name


def test_a_person_has_a_timeline(owner: Visitor) -> None:
    page = owner.go("/people")
    name = open_first(page)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/people/\d+$"))
    happened = page.get_by_role("region", name="Timeline").get_by_role("listitem")
    expect(happened.first).to_be_visible()
    expect(happened.first).to_contain_text(re.compile(r"\d\d:\d\d"))


def test_searching_narrows_the_list(owner: Visitor) -> None:
    page = owner.go("/people")
    page.get_by_role("rowheader").first.wait_for()
    page.get_by_role("searchbox").fill("nobody is called like this")
    expect(page.get_by_text("Nobody found")).to_be_visible()


def test_a_person_can_be_taken_along(owner: Visitor) -> None:
    page = owner.go("/people")
    open_first(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export everything").click()
    assert download.value.suggested_filename.endswith(".json")


def test_erasing_asks_first(owner: Visitor) -> None:
    page = owner.go("/people")
    open_first(page)
    page.get_by_role("button", name="Erase this person").click()
    expect(page.get_by_role("button", name="Erase for ever")).to_be_disabled()
