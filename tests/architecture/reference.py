"""The pages of docs/reference that follow from the code; `make docs` writes them, a test compares them."""

from collections.abc import Callable
from pathlib import Path

from tests.architecture.pages.channels import channels_page
from tests.architecture.pages.commands import commands_page
from tests.architecture.pages.conditions import conditions_page
from tests.architecture.pages.events import events_page
from tests.architecture.pages.settings import settings_page
from tests.architecture.pages.steps import steps_page
from tests.architecture.tree import ROOT

REFERENCE = ROOT / "docs" / "reference"
PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "channels.md": channels_page,
    REFERENCE / "commands.md": commands_page,
    REFERENCE / "conditions.md": conditions_page,
    REFERENCE / "events.md": events_page,
    REFERENCE / "journey-steps.md": steps_page,
    REFERENCE / "settings.md": settings_page,
}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
