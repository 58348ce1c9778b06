"""The pages of docs/reference that follow from the code; `make docs` writes them, a test compares them."""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

from hourglass.kernel import Settings
from tests.architecture.tree import ROOT

PREFIX = "HOURGLASS_"


def settings_page() -> str:
    """Every setting with its variable, default and meaning, as its docstring says."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(getattr(Settings(), name))} | {meaning} |"
        for name, meaning in _described(Settings).items()
    ]
    return "\n".join(
        (
            "# Settings",
            "",
            "Read once at start from the environment; where a command has an option of the same name, the option wins.",
            "Written by `make docs` from `src/hourglass/kernel/settings.py`.",
            "",
            "| Variable | Default | What it is for |",
            "|---|---|---|",
            *rows,
            "",
        )
    )


PAGES: dict[Path, Callable[[], str]] = {ROOT / "docs" / "reference" / "settings.md": settings_page}


def _described(struct: type) -> dict[str, str]:
    """Field → the docstring that follows it in the source."""
    body = ast.parse(inspect.getsource(struct)).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: _first_line(text)
        for field, text in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


def _first_line(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def _default(value: object) -> str:
    return f"`{value}`" if str(value) else "empty"


if __name__ == "__main__":
    for path, page in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
