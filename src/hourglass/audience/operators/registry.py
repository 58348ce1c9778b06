"""Every operator by its name: any module of this folder that defines one is found, so a new one is one new file."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from hourglass.audience.operators.operator import Operator

_NOT_OPERATORS = ("operator", "places", "registry", "sets", "spoken", "values")


def _found() -> dict[str, tuple[Operator, ModuleType]]:
    folder = Path(__file__).parent
    names = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names if name not in _NOT_OPERATORS]
    return {
        value.name: (value, module)
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Operator)
    }


_FOUND = _found()

OPERATORS = {name: operator for name, (operator, _) in _FOUND.items()}


def module_of(name: str) -> ModuleType:
    """Where an operator is defined, whose docstring says when it is true."""
    return _FOUND[name][1]
