"""Strangers' text on a terminal steers nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from hourglass.cli.terminal import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anya\x1b[2J", "Anya\\x1b[2J"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\x1b[8mhidden", "\\x1b[8mhidden"),
        ("\x1b[1;32mgreen\x1b[0m\n", "\x1b[1;32mgreen\x1b[0m\n"),
        ("Аня\tпьёт чай\r\n", "Аня\tпьёт чай\r\n"),
    ],
)
def test_what_steers_is_spelled_out_and_colours_pass(text: str, shown: str) -> None:
    assert harmless(text) == shown


def said(script: str, *, terminal: bool) -> bytes:
    begin = "from hourglass.cli.terminal import guard_terminal; guard_terminal()\n"
    if not terminal:
        return subprocess.run([sys.executable, "-c", begin + script], capture_output=True, check=True).stdout
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", begin + script], stdout=theirs, check=True)
    os.close(theirs)
    answer = os.read(ours, 1000)
    os.close(ours)
    return answer


def test_a_terminal_is_guarded_and_a_file_gets_what_was_written() -> None:
    script = "print('Anya\\x1b[2J', '\\ud800')"
    assert said(script, terminal=True) == b"Anya\\x1b[2J \\ud800\r\n"
    assert said("print('Anya\\x1b[2J')", terminal=False) == b"Anya\x1b[2J\n"
