"""The language in which a command answers."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from hourglass.kernel import Workspace

Language = Literal["en", "ru"]
Lang = Annotated[str | None, Parameter(name="--lang", help="en or ru; else the language of the workspace.")]


def language_of(told: str | None, workspace: Workspace) -> Language:
    """What was asked for, else the workspace's; whatever is not Russian is English."""
    return "ru" if (told or workspace.locale).lower().startswith("ru") else "en"
