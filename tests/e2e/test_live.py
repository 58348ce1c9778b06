"""The live page of a shop to which something has happened."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Visitor

TILES = ["Events", "People", "Orders today", "Open carts", "On a journey", "Messages sent"]


@pytest.mark.parametrize("name", TILES)
def test_every_headline_is_a_number(owner: Visitor, name: str) -> None:
    tile = owner.go("/").get_by_role("article", name=name, exact=True)
    expect(tile).to_contain_text(re.compile(r"\d"))


def test_something_has_happened(owner: Visitor) -> None:
    page = owner.go("/")
    people = page.get_by_role("article", name="People", exact=True)
    expect(people).to_contain_text(re.compile("[1-9]"))
    expect(page.get_by_role("img", name=re.compile("The last 60 minutes"))).to_be_visible()


def test_the_last_hour_is_drawn(owner: Visitor) -> None:
    drawing = owner.go("/").get_by_role("img", name=re.compile("The last 60 minutes")).locator("svg")
    expect(drawing).to_contain_text("Events")


def test_the_page_keeps_itself_fresh(owner: Visitor) -> None:
    page = owner.go("/")
    with page.expect_response("**/api/live"), page.expect_response("**/api/live"):
        pass
