"""A real browser for the tests: the system's Chromium, quiet and forgetful; every complaint of a page is kept."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, StorageState

DESKTOP = (1440, 900)
PHONE = (375, 812)
PATIENCE_MS = 15_000
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Visitor:
    """Somebody in front of the admin, and what the browser's console told on the way."""

    page: Page
    base_url: str
    complaints: list[str] = field(default_factory=list[str])

    def go(self, path: str) -> Page:
        """Open an address of the admin and wait for its headline."""
        self.page.goto(self.base_url + path)
        self.page.get_by_role("heading", level=1).wait_for()
        return self.page


def find_chromium() -> str | None:
    """The browser of this machine, wherever it is."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start it without anything that reaches out; its profile is thrown away afterwards."""
    return playwright.chromium.launch(executable_path=executable, headless=True, args=_FLAGS)


@contextmanager
def meet(
    browser: Browser,
    base_url: str,
    *,
    size: tuple[int, int],
    locale: str = "en-GB",
    scheme: Literal["light", "dark"] = "light",
    state: StorageState | None = None,
) -> Generator[Visitor]:
    """Somebody with their own cookies, screen and language."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=locale,
        color_scheme=scheme,
        reduced_motion="reduce",
        storage_state=state,
    )
    context.set_default_timeout(PATIENCE_MS)
    somebody = Visitor(context.new_page(), base_url)
    _listen(somebody)
    yield somebody
    context.close()


def _listen(somebody: Visitor) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            somebody.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    somebody.page.on("console", heard)
    somebody.page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
