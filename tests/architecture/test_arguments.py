"""Time and environment come in as arguments: one file reads the clock, one the environment."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, modules, named, refuse

READS = {
    PACKAGE / "kernel" / "clock.py": {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "time.monotonic",
        "time.monotonic_ns",
        "time.perf_counter",
        "time.perf_counter_ns",
    },
    PACKAGE / "kernel" / "settings.py": {"os.environ", "os.environb", "os.getenv"},
}


def reads(path: Path, tree: ast.Module) -> list[str]:
    """Places where a module reads what it should have been given."""
    forbidden = {name for reader, names in READS.items() if reader != path for name in names}
    faults: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found = {".".join(ast.unparse(node).split(".")[-2:])}
        elif isinstance(node, ast.ImportFrom):
            found = {f"{node.module}.{alias.name}" for alias in node.names}
        else:
            continue
        faults += [f"{named(path)}:{node.lineno} reads {name}" for name in found & forbidden]
    return faults


def test_only_the_kernel_reads_clock_and_environment() -> None:
    faults = (fault for path, tree in modules() for fault in reads(path, tree))
    refuse(faults, "Take it as an argument (a Clock, a now, Settings):")


@pytest.mark.parametrize(
    "code",
    ["datetime.now(UTC)", "dt.datetime.now(UTC)", "from time import time", "os.environ['HOME']", "time.monotonic()"],
)
def test_the_guard_sees_a_reader(code: str) -> None:
    assert reads(PACKAGE / "log" / "append.py", ast.parse(code))
