"""What the browser tests share: a server to look at, a browser to look with, and somebody who is signed in."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from hourglass.web.pages import STATIC
from tests.e2e.browsing import DESKTOP, PHONE, Visitor, find_chromium, launch, meet
from tests.e2e.live_server import LiveServer
from tests.e2e.shop import open_shop
from tests.live import Live, free_port


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser; `-m "not e2e"` leaves it out."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server of our own or, to look at a demo, the one that HOURGLASS_E2E_URL and HOURGLASS_E2E_LINK name."""
    url, link = os.environ.get("HOURGLASS_E2E_URL"), os.environ.get("HOURGLASS_E2E_LINK")
    if url and link:
        yield LiveServer(base_url=url.rstrip("/"), new_link=lambda: link)
        return
    if not (STATIC / "index.html").is_file():
        pytest.skip("the admin page is not built: make ui")
    inbox = free_port()
    data = tmp_path_factory.mktemp("e2e")
    with Live(data, inbox_port=inbox, smtp_url=f"smtp://127.0.0.1:{inbox}", flush_seconds=0.2) as live:
        open_shop(live)
        yield LiveServer(base_url=live.url, new_link=live.new_link)


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where the admin answers."""
    return live_server.base_url


@pytest.fixture
def admin_link(live_server: LiveServer) -> str:
    """A sign-in link that nobody used yet."""
    return live_server.new_link()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine: install the package `chromium` to run the browser tests")
    with sync_playwright() as playwright:
        started = launch(playwright, executable)
        yield started
        started.close()


@pytest.fixture(scope="session")
def session_cookies(browser: Browser, live_server: LiveServer) -> StorageState:
    """Signed in once for all tests that are not about signing in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.new_link())
    page.get_by_role("heading", level=1).wait_for()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def stranger(browser: Browser, base_url: str) -> Iterator[Visitor]:
    """Somebody who is not signed in. The browser itself reports every 401, so their complaints are not counted."""
    with meet(browser, base_url, size=DESKTOP) as somebody:
        yield somebody


@pytest.fixture
def owner(browser: Browser, base_url: str, session_cookies: StorageState) -> Iterator[Visitor]:
    """The shop's owner at a desk; the test fails when the browser's console complains."""
    with meet(browser, base_url, size=DESKTOP, state=session_cookies) as somebody:
        yield somebody
        assert somebody.complaints == []


@pytest.fixture
def owner_on_the_phone(browser: Browser, base_url: str, session_cookies: StorageState) -> Iterator[Visitor]:
    """The shop's owner on a small phone in Russian and in the dark."""
    with meet(browser, base_url, size=PHONE, locale="ru-RU", scheme="dark", state=session_cookies) as somebody:
        yield somebody
        assert somebody.complaints == []
