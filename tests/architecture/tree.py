"""The repository as the guards see it: its files, its Python modules and the stage each one belongs to."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "hourglass"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git knows or would add, so that a fault shows before it is committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def refuse(faults: Iterable[str], advice: str) -> None:
    """Fail with every fault on a line of its own and what to do about them."""
    listed = sorted(faults)
    assert not listed, "\n  ".join([advice, *listed])


def named(path: Path) -> str:
    """The path as a person reads it."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the product, parsed."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in tracked()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE)
    )


def room(path: Path) -> str:
    """The stage a module belongs to; a plug-in is a room of its own."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:3] if parts[0] == "plugins" else parts[:1])


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that a module imports, down to the submodule."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [_deepest(node.module, alias.name) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "hourglass")


def _deepest(module: str, name: str) -> str:
    """`from hourglass.log import claim` names the submodule when there is one and the front door does not hide it."""
    folder = PACKAGE.parent.joinpath(*module.split("."))
    door = folder / "__init__.py"
    if module == "hourglass" or not door.is_file() or f'"{name}"' in door.read_text(encoding="utf-8"):
        return f"{module}.{name}" if module == "hourglass" else module
    inner = folder / name
    return f"{module}.{name}" if inner.is_dir() or inner.with_suffix(".py").is_file() else module
