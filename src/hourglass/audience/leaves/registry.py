"""Every leaf by the field that names it: any module of this folder that defines one is found."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from hourglass.audience.leaves.leaf import Leaf

_NOT_LEAVES = ("leaf", "registry")


def _found() -> dict[str, type[Leaf]]:
    folder = Path(__file__).parent
    names = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names if name not in _NOT_LEAVES]
    leaves = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Leaf) and value.__module__ == module.__name__
    ]
    return {leaf.form: leaf for leaf in leaves}


LEAVES = _found()
