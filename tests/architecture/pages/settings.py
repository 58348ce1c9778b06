"""docs/reference/settings.md: what an operator may set."""

from hourglass.kernel import Settings
from tests.architecture.pages.fields import defaults, described, page, table

PREFIX = "HOURGLASS_"


def settings_page() -> str:
    """Every setting with its variable, default and meaning, as its docstring says."""
    default = defaults(Settings)
    rows = [(f"`{PREFIX}{name.upper()}`", default[name], meaning) for name, meaning in described(Settings).items()]
    return page(
        "# Settings",
        "",
        "Read once at start from the environment; where a command has an option of the same name, the option wins.",
        "Written by `make docs` from `src/hourglass/kernel/settings.py`.",
        "",
        *table(("Variable", "Default", "What it is for"), rows),
    )
