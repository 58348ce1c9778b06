"""A stage is entered by its front door, and the front door holds nothing but the offer."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, imported, modules, named, refuse, room

# HTTP is a second door: importing a stage must not import the web framework, so its controllers stand apart.
SECOND_DOOR = "api"
OPENED_BY = {"web", "app"}
PORTS = {"hourglass.kernel", "hourglass.channels", "hourglass.connectors"}


def past_the_door(path: Path, tree: ast.Module) -> list[str]:
    """Imports that reach into another stage."""
    own = f"hourglass.{room(path)}"
    faults: list[str] = []
    for line, name in imported(tree):
        stage, _, rest = name.removeprefix("hourglass.").partition(".")
        if not rest or name == own or name.startswith(f"{own}."):
            continue
        if rest == SECOND_DOOR and room(path) in OPENED_BY:
            continue
        faults.append(f"{named(path)}:{line} imports {name}; ask hourglass.{stage} for it")
    return faults


def not_an_offer(path: Path, tree: ast.Module) -> list[str]:
    """Statements of an `__init__.py` that are neither docstring, import nor `__all__`."""
    return [
        f"{named(path)}:{node.lineno} {ast.unparse(node).splitlines()[0]}"
        for place, node in enumerate(tree.body)
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not _assigns(node, {"__all__", "__version__"})
        and not _looks_names_up(node)
    ]


def _assigns(node: ast.stmt, names: set[str]) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return bool(targets) and {ast.unparse(target) for target in targets} <= names


def _looks_names_up(node: ast.stmt) -> bool:
    """A door may open its rooms when first asked: imports for the type checker, `_ROOMS` and `__getattr__`."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING" and all(isinstance(line, ast.ImportFrom) for line in node.body)
    if isinstance(node, ast.FunctionDef):
        return node.name == "__getattr__"
    return _assigns(node, {"_ROOMS"})


def test_other_stages_are_imported_by_their_front_door() -> None:
    refuse((fault for path, tree in modules() for fault in past_the_door(path, tree)), "Enter by the front door:")


def test_front_doors_hold_imports_and_all_only() -> None:
    doors = [(path, tree) for path, tree in modules() if path.name == "__init__.py"]
    faults = (fault for path, tree in doors for fault in not_an_offer(path, tree))
    refuse(
        faults, "An __init__.py holds a docstring, imports and __all__ (or looks them up by _ROOMS and __getattr__):"
    )


def test_plugins_see_nothing_but_the_ports() -> None:
    faults = (
        f"{named(path)}:{line} imports {name}"
        for path, tree in modules()
        if room(path).startswith("plugins")
        for line, name in imported(tree)
        if name not in PORTS and not name.startswith(f"hourglass.{room(path)}")
    )
    refuse(faults, "A plug-in sees only the ports and the kernel:")


def test_nobody_imports_a_plugin_by_name() -> None:
    faults = (
        f"{named(path)}:{line} imports {name}"
        for path, tree in modules()
        if not room(path).startswith("plugins")
        for line, name in imported(tree)
        if name.startswith("hourglass.plugins.")
    )
    refuse(faults, "Ask the port to discover plug-ins, never one by name:")


@pytest.mark.parametrize("code", ["from hourglass.kernel.clock import Clock", "import hourglass.kernel.clock"])
def test_the_guard_sees_a_deep_import(code: str) -> None:
    assert past_the_door(PACKAGE / "log" / "append.py", ast.parse(code))
    assert not past_the_door(PACKAGE / "kernel" / "ids.py", ast.parse(code))


@pytest.mark.parametrize("code", ["LIMIT = 5", "def run(): ...", "x()"])
def test_the_guard_sees_code_in_a_front_door(code: str) -> None:
    assert not_an_offer(PACKAGE / "log" / "__init__.py", ast.parse(code))
