"""Every operator by its name: any module of this folder that defines one is found, so a new one is one new file."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from hourglass.audience.operators.operator import Operator

_NOT_OPERATORS = ("operator", "registry", "values")


def _found() -> dict[str, Operator]:
    folder = Path(__file__).parent
    names = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    modules = [
        importlib.import_module(f"{__package__}.{name}")
        for name in names
        if name not in ("operator", "registry", "values")
    ]
    operators = [value for module in modules for value in vars(module).values() if isinstance(value, Operator)]
    return {operator.name: operator for operator in operators}


OPERATORS = _found()
