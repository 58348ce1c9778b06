"""The development inbox shows what went out, without trusting it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Visitor


def test_a_mail_is_shown_as_it_looks(owner: Visitor) -> None:
    page = owner.go("/inbox")
    page.get_by_role("list", name="Mails").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/inbox/\d+$"))
    frame = page.frame_locator("iframe")
    expect(frame.locator("body")).to_contain_text(re.compile(r"\w{3,}"))


def test_a_mail_can_run_nothing(owner: Visitor) -> None:
    page = owner.go("/inbox")
    sandbox = page.locator("iframe").get_attribute("sandbox") or ""
    assert "allow-scripts" not in sandbox
    assert "allow-same-origin" not in sandbox


def test_a_mail_has_the_width_of_a_phone_on_demand(owner: Visitor) -> None:
    page = owner.go("/inbox")
    page.locator("iframe").wait_for()
    page.get_by_text("Phone", exact=True).click()
    expect(page.locator("iframe")).to_have_js_property("offsetWidth", 375)


def test_headers_are_shown(owner: Visitor) -> None:
    page = owner.go("/inbox")
    page.get_by_text("Headers", exact=True).click()
    expect(page.get_by_text(re.compile("List-Unsubscribe|Message-ID", re.IGNORECASE)).first).to_be_visible()
