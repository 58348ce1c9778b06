"""The fields of a struct with the meaning their docstrings give, and small pieces of Markdown."""

import ast
import inspect
from collections.abc import Iterable

import msgspec


def described(struct: type) -> dict[str, str]:
    """Field (or member of an enum) → the docstring that follows it in the source."""
    body = ast.parse(inspect.getsource(struct)).body[0]
    assert isinstance(body, ast.ClassDef)
    return {_name(field): _text(text) for field, text in zip(body.body, body.body[1:], strict=False) if _name(field)}


def defaults(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Field → its default as a person would write it."""
    return {field.name: _default(field.default) for field in msgspec.structs.fields(struct)}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Lines of a Markdown table."""
    columns = list(head)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


def page(*lines: str) -> str:
    """Lines as a file."""
    return "\n".join(lines) + "\n"


def _name(node: ast.stmt) -> str:
    target = (
        node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
    )
    return target.id if isinstance(target, ast.Name) else ""


def _text(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def _default(value: object) -> str:
    if value is msgspec.NODEFAULT:
        return "required"
    return f"`{value}`" if str(value) else "empty"
