"""What the crash tests share: a mailbox, and a server of their own for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crash.shop import DEFINITIONS
from tests.live import Live
from tests.mailbox import Mailbox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not crash"` leaves all of them out."""
    for item in items:
        if "crash" in item.path.parts:
            item.add_marker(pytest.mark.crash)


_REPORT = pytest.StashKey[list[str]]()
Tell = Callable[[dict[str, Any]], None]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Notes counts for the end of the test session."""
    lines = request.config.stash.setdefault(_REPORT, [])

    def told(counts: dict[str, Any]) -> None:
        lines.append(f"{request.node.name}: " + ", ".join(f"{what} {number}" for what, number in counts.items()))

    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was killed, and how much there was to lose."""
    for line in config.stash.get(_REPORT, []):
        terminalreporter.write_line(line)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A provider of the usual slowness, so that a kill can hit a hand-over."""
    with Mailbox(slowness=0.03) as running:
        yield running


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """A stopped server with the marketing of the shop; each test kills a copy of its own."""
    with Live(tmp_path_factory.mktemp("model") / "data") as made:
        made.define(*DEFINITIONS)
        assert made.write_key.startswith("hg_w_")
    return made


@pytest.fixture
def live(model: Live, data: Path, mailbox: Mailbox) -> Iterator[Live]:
    """A server whose lake is written often."""
    with model.twin(data, smtp_url=mailbox.url, flush_seconds=0.2) as running:
        yield running
