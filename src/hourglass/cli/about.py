"""What a command says of itself, read from its file: a list of all commands needs none of them loaded."""

from __future__ import annotations

import ast
from pathlib import Path

_HERE = Path(__file__).parent


def about(place: str) -> str:
    """The help of `room.file:name`: the docstring of a function, or the `help` of a group of commands."""
    file, _, name = place.partition(":")
    for node in ast.parse((_HERE / file.replace(".", "/")).with_suffix(".py").read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_called(node, name):
            return next(ast.literal_eval(word.value) for word in node.value.keywords if word.arg == "help")
    raise LookupError(f"{file} has no command {name}")


def _is_called(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
