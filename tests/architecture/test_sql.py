"""SQL lives in .sql files of its stage; each query names its workspace; nobody commits but the edge."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, modules, named, refuse, room, tracked

STATEMENT = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|COPY\s+\w+\s*\(|WITH\s+\w+\s+AS\s|LISTEN\s|NOTIFY\s)",
    re.IGNORECASE,
)
EXEMPTION = re.compile(r"--\s*all workspaces:\s*\S+")
# The lake speaks DuckDB to people, postgres speaks about the server itself: neither touches our tables by these words.
SPEAKERS = {"postgres", "lake"}


def workspace_tables() -> set[str]:
    """Tables of the schema whose rows belong to a workspace."""
    schema = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "postgres").rglob("migrations/*.sql"))
    )
    tables = re.findall(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+)\s*\((.*?)\n\)", schema, re.DOTALL)
    return {name for name, columns in tables if re.search(r"\bworkspace_id\b", columns)}


def queries(text: str) -> list[tuple[str, str]]:
    """Name and text of every query of a .sql file."""
    _, *rest = re.split(r"^--\s*name:\s*", text, flags=re.MULTILINE)
    return [(part.split(None, 1)[0], part) for part in rest]


def homeless(text: str, tables: set[str]) -> list[str]:
    """Queries that touch a workspace's rows without naming the workspace or saying why."""
    touching = re.compile(rf"\b({'|'.join(sorted(tables))})\b")
    return [
        name
        for name, query in queries(text)
        if touching.search(_code(query)) and "workspace_id" not in _code(query) and not EXEMPTION.search(query)
    ]


def _code(query: str) -> str:
    return re.sub(r"--.*", "", query)


def sql_texts(tree: ast.Module) -> list[int]:
    """Lines of string literals that are SQL; docstrings speak English."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and STATEMENT.match(node.value)
    ]


def named_queries(tree: ast.Module) -> set[str]:
    """Names of queries that a module runs: `queries.rows(tx, "name", ...)`, `queries.sql("name")`."""
    return {
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if "quer" in ast.unparse(node.func.value).lower()
        for argument in node.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def sql_files() -> list[Path]:
    """Every .sql file of the product that holds named queries."""
    return [p for p in tracked() if p.suffix == ".sql" and p.is_relative_to(PACKAGE) and "migrations" not in p.parts]


def test_every_query_names_its_workspace() -> None:
    tables = workspace_tables()
    faults = (f"{named(p)}: {name}" for p in sql_files() for name in homeless(p.read_text(encoding="utf-8"), tables))
    refuse(faults, "Add workspace_id, or a line `-- all workspaces: <reason>`:")


def test_sql_lives_in_sql_files() -> None:
    faults = (
        f"{named(path)}:{line}" for path, tree in modules() if room(path) not in SPEAKERS for line in sql_texts(tree)
    )
    refuse(faults, "Move the statement to the stage's queries.sql (a part that is composed can be a {placeholder}):")


def test_a_stage_runs_the_queries_of_its_own_folder() -> None:
    faults = (
        f"{named(path)}:{node.lineno} {ast.unparse(node)}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "Queries"
        and not re.fullmatch(r"(\w+\.)*Queries\(Path\(__file__\)\.with_name\('\w+\.sql'\)\)", ast.unparse(node))
    )
    refuse(faults, "Open queries as Queries(Path(__file__).with_name(...)), in the folder that owns them:")


def test_every_query_is_run_and_every_query_that_is_run_exists() -> None:
    written = {(path.parent, name) for path in sql_files() for name, _ in queries(path.read_text(encoding="utf-8"))}
    folders = {folder for folder, _ in written}
    run = {(path.parent, name) for path, tree in modules() if path.parent in folders for name in named_queries(tree)}
    # A name may also be chosen by a variable, so any mention in the folder counts as use.
    mentioned = {
        (path.parent, node.value)
        for path, tree in modules()
        if path.parent in folders
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    refuse(
        (f"{named(folder)}: {name} is never run" for folder, name in written - mentioned), "Remove what nobody asks:"
    )
    refuse((f"{named(folder)}: {name} is not written" for folder, name in run - written), "No such query:")


def test_nobody_commits_but_the_unit_of_work() -> None:
    faults = (
        f"{named(path)}:{node.lineno}"
        for path, tree in modules()
        if room(path) != "postgres"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and re.search(r"\.(commit|rollback)\(\)$", ast.unparse(node))
    )
    refuse(faults, "Only postgres.Database.transaction commits:")


def test_the_guard_knows_the_tables() -> None:
    assert {"profiles", "event_log", "messages"} <= workspace_tables()


@pytest.mark.parametrize(
    ("query", "faulty"),
    [
        ("-- name: all\nSELECT * FROM profiles;", True),
        ("-- name: mine\nSELECT * FROM profiles WHERE workspace_id = :workspace;", False),
        ("-- name: due\n-- all workspaces: one engine serves them all\nSELECT * FROM profiles;", False),
        ("-- name: sly\n-- workspace_id\nSELECT * FROM profiles;", True),
    ],
)
def test_the_guard_sees_a_query_without_workspace(query: str, faulty: bool) -> None:
    assert bool(homeless(query, {"profiles"})) is faulty


def test_the_guard_sees_sql_in_python() -> None:
    assert sql_texts(ast.parse('tx.execute("SELECT 1 FROM profiles")'))
    assert not sql_texts(ast.parse('"""Select the people."""\nx = "selected"'))
