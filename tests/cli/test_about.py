"""What is said of commands without loading them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hourglass.cli.about import about
from hourglass.cli.access.keys import KEYS, login_link


def test_a_group_says_what_it_is_called_with() -> None:
    assert about("access.keys:KEYS") == KEYS.help


def test_a_function_says_its_docstring() -> None:
    assert about("access.keys:login_link") == login_link.__doc__


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"access\.keys has no command login"):
        about("access.keys:login")


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n', *sys.modules, sep='\\n')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_help_loads_no_command_and_a_role_no_commands_at_all() -> None:
    listing = loaded_by("from hourglass.cli.main import application\napplication().help_print()")
    assert "hourglass.cli.about" in listing
    assert not {one for one in listing if one.startswith(("hourglass.app", "hourglass.audience", "polars"))}
    role = loaded_by("import hourglass.cli.main, hourglass.cli.server.serve_role")
    assert "hourglass.supervisor" in role
    assert not role & {"cyclopts", "rich", "attr", "psycopg", "hourglass.app"}
