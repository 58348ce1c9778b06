"""Marketing in git: a folder of YAML or JSON documents, compared with and applied to a workspace."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from msgspec import Struct
from msgspec.structs import replace

from hourglass.definitions.kinds import Document, Doubt, Kinds
from hourglass.definitions.store import list_all, put
from hourglass.kernel import HourglassError, Malformed, WorkspaceId
from hourglass.postgres import Transaction

_ENDINGS = (".yaml", ".yml", ".json")
_TRUTHS = "yYnNoO"


class _Words(yaml.SafeLoader):
    """YAML as of 1.2: true and false are truths; on, off, yes and no are words, as in `on: entered`."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the class above has it
        first: [(tag, shape) for tag, shape in known if not (tag.endswith(":bool") and first in _TRUTHS)]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class Change(Struct, frozen=True, kw_only=True):
    """What applying a folder would do to one document; `diff` is a unified diff of its YAML."""

    kind: str
    key: str
    action: Literal["create", "update", "same", "only_here"]
    diff: str = ""
    doubts: list[Doubt] = []


def read_folder(folder: Path) -> list[tuple[Path, Document]]:
    """Every document below the folder; Malformed names the file and the place."""
    if not folder.is_dir():
        raise Malformed(f"{folder} is no folder.")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in _ENDINGS and path.is_file())
    return [(path, document) for path in paths for document in read_file(path)]


def diff_folder(tx: Transaction, workspace_id: WorkspaceId, folder: Path, kinds: Kinds) -> list[Change]:
    """What would change, without changing it; documents only the workspace has are listed, never removed."""
    standing = {(found.kind, found.key): found.body for found in list_all(tx, workspace_id)}
    changes: list[Change] = []
    for path, document in read_folder(folder):
        with _placed(path, document):
            kinds.check(document)
        before = standing.pop((document["kind"], document["key"]), None)
        change = _change(before, document)
        doubts = [] if change.action == "same" else kinds.doubts(tx, workspace_id, document)
        changes.append(replace(change, doubts=doubts))
    return changes + [Change(kind=kind, key=key, action="only_here") for kind, key in standing]


def apply_folder(
    tx: Transaction,
    workspace_id: WorkspaceId,
    folder: Path,
    kinds: Kinds,
    author: str,
    now: datetime,
    *,
    strict: bool = False,
) -> list[Change]:
    """Save every document of the folder, all or none; the answer says what changed.

    What is put away comes last, when nothing of the folder uses it any more; doubts are about what stands afterwards,
    and so is what a `strict` installation demands.
    """
    changes = [change for change in diff_folder(tx, workspace_id, folder, kinds) if change.action != "only_here"]
    documents = read_folder(folder)
    for path, document in sorted(documents, key=lambda one: one[1].get("state", "live") != "live"):
        with _placed(path, document):
            put(tx, workspace_id, document, kinds=kinds, author=author, now=now)
    for path, document in documents if strict else ():
        with _placed(path, document):
            kinds.demand(tx, workspace_id, document)
    return [
        change if change.action == "same" else replace(change, doubts=kinds.doubts(tx, workspace_id, document))
        for change, (_, document) in zip(changes, documents, strict=True)
    ]


def export_folder(tx: Transaction, workspace_id: WorkspaceId, folder: Path) -> list[Path]:
    """Write each document to <folder>/<kind>/<key>.yaml."""
    written: list[Path] = []
    for found in list_all(tx, workspace_id):
        path = folder / found.kind / f"{found.key}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_yaml(found.body), encoding="utf-8")
        written.append(path)
    return written


@contextmanager
def _placed(path: Path, document: Document) -> Generator[None]:
    """A refusal says in which file and document of the folder its place is."""
    try:
        yield
    except HourglassError as error:
        named = f"{document.get('kind')}/{document.get('key')}" if "key" in document else None
        error.path = ": ".join(one for one in (path.name, named, error.path) if one)
        raise


def read_file(path: Path) -> Iterator[Document]:
    """Every document of a file; Malformed names the file."""
    if not path.is_file():
        raise Malformed(f"There is no file {path}.", path=str(path))
    try:
        loaded = list(yaml.load_all(path.read_text(encoding="utf-8"), _Words))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Malformed(f"{path.name} is not readable as YAML or JSON: {error}", path=str(path)) from error
    for document in loaded:
        if document is None:
            continue
        if not isinstance(document, dict):
            raise Malformed(f"{path.name} holds something that is no document.", path=str(path))
        # Dates and times that YAML recognises become text, so that YAML and JSON are the same document.
        yield json.loads(json.dumps(document, default=str))


def _change(before: Document | None, after: Document) -> Change:
    kind, key = after["kind"], after["key"]
    if before == after:
        return Change(kind=kind, key=key, action="same")
    old, new = "" if before is None else _yaml(_in_order_of(after, before)), _yaml(after)
    diff = "".join(unified_diff(old.splitlines(True), new.splitlines(True), f"{kind}/{key} here", f"{kind}/{key} new"))
    return Change(kind=kind, key=key, action="create" if before is None else "update", diff=diff)


def _in_order_of(pattern: Any, value: Any) -> Any:
    """The same value, its fields in the order in which the pattern has them: an order is no change."""
    if isinstance(pattern, dict) and isinstance(value, dict):
        shape, fields = cast("dict[str, Any]", pattern), cast("dict[str, Any]", value)
        names = dict.fromkeys([*(name for name in shape if name in fields), *fields])
        return {name: _in_order_of(shape.get(name), fields[name]) for name in names}
    if isinstance(pattern, list) and isinstance(value, list):
        patterns = [*cast("list[Any]", pattern), *[None] * len(cast("list[Any]", value))]
        return [_in_order_of(one, inner) for one, inner in zip(patterns, cast("list[Any]", value), strict=False)]
    return value


def _yaml(document: Document) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
