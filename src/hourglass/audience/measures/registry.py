"""Every measure by its name: any module of this folder that defines one is found, so a new one is one new file."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from hourglass.audience.measures.measure import Measure

_NOT_MEASURES = ("measure", "read", "registry")


def _found() -> dict[str, Measure]:
    folder = Path(__file__).parent
    names = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names if name not in _NOT_MEASURES]
    return {one.name: one for module in modules for one in vars(module).values() if isinstance(one, Measure)}


MEASURES = _found()
