"""A journey is drawn from its start to its end."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Visitor


def test_a_journey_shows_its_steps_with_the_people_on_them(owner: Visitor) -> None:
    page = owner.go("/journeys")
    page.get_by_role("main").get_by_role("article").first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/journeys/[\w-]+$"))
    steps = page.get_by_role("region", name="Steps")
    expect(steps).to_contain_text("Starts")
    expect(steps.get_by_role("listitem").first).to_contain_text(re.compile(r"\d passed"))
