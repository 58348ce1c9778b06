"""The starter templates in a real browser: nothing goes over the edge of a phone, in any light and language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from hourglass.messages.rendering.fill import Filled
from tests.e2e.browsing import PHONE, meet
from tests.messages.starters.rendering import TEMPLATES, filled


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "ru"])
def test_no_starter_scrolls_sideways_on_a_phone(browser: Browser, locale: str, scheme: str) -> None:
    with meet(browser, "", size=PHONE, locale=locale, scheme=scheme) as somebody:  # type: ignore[arg-type]
        for key in TEMPLATES:
            made, _, _ = filled(key, locale)
            assert isinstance(made, Filled)
            somebody.page.set_content(made.html or "")
            assert somebody.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], key
            assert somebody.page.locator("h1, .title, .button").first.is_visible(), key


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_of_a_starter_can_be_read_in_any_light(browser: Browser, scheme: str) -> None:
    with meet(browser, "", size=(700, 900), scheme=scheme) as somebody:  # type: ignore[arg-type]
        for key in TEMPLATES:
            made, _, _ = filled(key, "en")
            assert isinstance(made, Filled)
            somebody.page.set_content(made.html or "")
            assert somebody.page.evaluate(FAINT) == [], key


FAINT = """() => {
  const light = color => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$|transparent/.test(color)) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 2 || element.closest('[style*="max-height:0"], [style*="display:none"]')) continue;
    const [a, b] = [light(style.color), light(ground(element))].sort((x, y) => y - x);
    const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < least) faint.push(walker.currentNode.data.trim().slice(0, 40));
  }
  return faint;
}"""
