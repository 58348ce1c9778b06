"""Commands as people run them, in this process, on the database of the test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from cyclopts import App

from hourglass.postgres import Database

Say = Callable[..., str]
Speak = Callable[[App], Say]


@pytest.fixture
def speak(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Speak:
    """For a group of commands: runs one of its words; what it printed, complaints included. `code`: how it must end."""
    monkeypatch.setenv("HOURGLASS_DATABASE_URL", database.url)
    monkeypatch.setenv("HOURGLASS_DATA", str(tmp_path))

    def speaking(commands: App) -> Say:
        def said(*words: object, code: int = 0) -> str:
            capsys.readouterr()
            with pytest.raises(SystemExit) if code else nullcontext() as ended:
                commands([str(word) for word in words], result_action="return_value", exit_on_error=False)
            assert ended is None or ended.value.code == code
            told = capsys.readouterr()
            return told.out + told.err

        return said

    return speaking
