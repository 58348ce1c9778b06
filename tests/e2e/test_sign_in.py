"""Getting in: by a one-time link and by nothing else."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Visitor


def test_a_stranger_is_told_how_to_get_in(stranger: Visitor) -> None:
    page = stranger.go("/people")
    expect(page).to_have_url(re.compile("/sign-in$"))
    expect(page.get_by_text("hourglass login-link")).to_be_visible()


def test_the_link_leads_to_the_live_page(stranger: Visitor, admin_link: str) -> None:
    stranger.page.goto(admin_link)
    expect(stranger.page.get_by_role("heading", level=1, name="Right now")).to_be_visible()


def test_signing_out_ends_it(stranger: Visitor, admin_link: str) -> None:
    page = stranger.page
    page.goto(admin_link)
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    stranger.go("/people")
    expect(page).to_have_url(re.compile("/sign-in$"))
