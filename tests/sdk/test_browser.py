"""@segment/analytics-next, as it comes from npm, in a real browser on a page of another origin."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from hourglass.postgres import Database
from tests.e2e.browsing import find_chromium, launch
from tests.sdk.calls import assert_understood, by_name
from tests.waiting import until
from tests.web.collect.serving import serving

HERE = Path(__file__).parent
BUILT = HERE / "node_modules" / "@segment" / "analytics-next" / "dist" / "umd"

# Exactly what the SDK's manual says, with our address where Segment's CDN was.
START = """([key, url, strategy]) => {
  window.analytics = AnalyticsNext.AnalyticsBrowser.load(
    { writeKey: key, cdnURL: url },
    { integrations: { "Segment.io": { deliveryStrategy: strategy } } },
  );
}"""
CALLS = """async () => {
  await analytics.setAnonymousId("device-1");
  await analytics.page("Home", { url: "https://shop.test/" });
  await analytics.identify("anna", { email: "anna@example.com", city: "Алматы" });
  await analytics.track("Order Completed", {
    order_id: "o1", revenue: 18.99, currency: "EUR", products: [{ product_id: "p1", quantity: 2 }],
  });
  await analytics.group("vip", { plan: "gold" });
  await analytics.alias("anna", "device-1");
}"""


class _Files(SimpleHTTPRequestHandler):
    """The shop's page, and the SDK beside it."""

    def translate_path(self, path: str) -> str:
        return str(BUILT / path.removeprefix("/sdk/") if path.startswith("/sdk/") else HERE / "page.html")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@contextmanager
def shop() -> Generator[str]:
    """A shop's web server, which knows nothing of us."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files))
    threading.Thread(target=server.serve_forever).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def customer() -> Generator[Page]:
    """Somebody with a browser."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine: install the package `chromium` to run the browser tests")
    if not BUILT.is_dir():
        pytest.skip("no packages: run `make npm`")
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser.new_page()
        browser.close()


@pytest.mark.e2e
@pytest.mark.parametrize("strategy", ["standard", "batching"])
def test_the_browser_sdk_works_by_changing_its_host(database: Database, data: Path, strategy: str) -> None:
    with serving(database, data) as door, shop() as address, customer() as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.goto(address)
        page.evaluate(START, [door.key, door.url, {"strategy": strategy, "config": {"size": 3, "timeout": 200}}])
        page.evaluate(CALLS)
        events = door.events()
        until(lambda: events.extend(door.events()) or len(events) >= 5)
        assert asked == {urlsplit(address).netloc, urlsplit(door.url).netloc}
        assert not [complaint for complaint in complaints if "favicon" not in complaint]
    assert_understood(events)
    said = by_name(events)
    assert said["Page Viewed"].anonymous_id == "device-1"
    assert said["Order Completed"].context["ip"] == "127.0.0.1"
    assert "Chrome" in said["Order Completed"].context["userAgent"]
