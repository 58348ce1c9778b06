"""Static lists over HTTP: imports, adding and removing people, and taking the last change back."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import FromPath, JSONBody, QueryParameter, RawBody
from msgspec import Struct

from hourglass.audience.lists.change import ListChange, changes_of
from hourglass.audience.lists.importing import ImportReport, import_list
from hourglass.audience.lists.members import Changed, Whom, add_to_list, remove_from_list
from hourglass.audience.lists.reasons import REASONS, Miss
from hourglass.audience.lists.undo import undo_change
from hourglass.kernel import Clock, Malformed, Permission, Settings, Workspace
from hourglass.postgres import Transaction

_LARGEST = 32 * 1024 * 1024
_MOST_MISSES = 100_000


class ListImport(Struct, frozen=True, kw_only=True):
    """What became of a file: the sums, the first lines that were not matched, and the reasons in words."""

    report: ImportReport
    missed: list[Miss]
    words: dict[str, dict[str, str]]
    """Reason → a sentence in each language."""


@dataclass
class _FileOperation(Operation):
    """Says in OpenAPI that the body is a file."""

    def __post_init__(self) -> None:
        text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
        self.request_body = RequestBody(
            content={"text/csv": text, "application/x-ndjson": text, "text/plain": text},
            description="CSV, JSON lines, or one identifier a line; UTF-8, UTF-16, cp1251 or cp1252; 32 MB at most.",
            required=True,
        )


class ListsController(Controller):
    """`/api/segments/{key}/...` for segments that are static lists."""

    path = "/api/segments/{key:str}"
    tags = ("lists",)

    @post(
        "/import",
        needs=Permission.DEFINE,
        status_code=200,
        sync_to_thread=True,
        operation_class=_FileOperation,
        request_max_body_size=_LARGEST,
        summary="Import a file into a list",
    )
    def load(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        settings: Given[Settings],
        actor_name: Given[str],
        key: FromPath[str],
        body: RawBody,
        columns: Annotated[
            str,
            QueryParameter(description="What columns hold, where their names do not say it: `Mail=email,2=phone`."),
        ] = "",
        create: Annotated[
            bool, QueryParameter(description="Make contacts of those whom nobody knows yet; it gives no consent.")
        ] = False,
        source: Annotated[str, QueryParameter(description="Name of the file, for the history.")] = "upload",
        report: Annotated[int, QueryParameter(description="How many missed lines to list; up to 100000.")] = 1000,
    ) -> ListImport:
        """All lines or, when the file cannot be read, none. Lines that match nobody are listed with the reason."""
        if not 0 <= report <= _MOST_MISSES:
            raise Malformed(f"Ask for 0 to {_MOST_MISSES} lines.", path="report")
        missed: list[Miss] = []
        done = import_list(
            tx,
            workspace.id,
            key,
            BytesIO(body),
            columns=read_columns(columns),
            create=create,
            source=source,
            author=actor_name,
            now=clock.now(),
            partitions=settings.partitions,
            refuse=lambda miss: missed.append(miss) if len(missed) < report else None,
        )
        return ListImport(report=done, missed=missed, words={reason: REASONS[reason] for reason in done.reasons})

    @post("/members/add", needs=Permission.DEFINE, status_code=200, sync_to_thread=True, summary="Put people on a list")
    def add(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
        data: JSONBody[Whom],
    ) -> Changed:
        """By number, by identifier, or everybody who is in another segment at this moment."""
        return add_to_list(tx, workspace.id, key, data, author=actor_name, now=clock.now())

    @post(
        "/members/remove",
        needs=Permission.DEFINE,
        status_code=200,
        sync_to_thread=True,
        summary="Take people off a list",
    )
    def take_off(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
        data: JSONBody[Whom],
    ) -> Changed:
        """Whichever identifier they were put there by."""
        return remove_from_list(tx, workspace.id, key, data, author=actor_name, now=clock.now())

    @post(
        "/undo",
        needs=Permission.DEFINE,
        status_code=200,
        sync_to_thread=True,
        summary="Take back the last change of a list",
    )
    def take_back(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        key: FromPath[str],
    ) -> ListChange:
        """Again, and the change before it is taken back too. Contacts that an import made stay."""
        return undo_change(tx, workspace.id, key, author=actor_name, now=clock.now())

    @get("/changes", needs=Permission.LOOK, sync_to_thread=True, summary="What happened to a list")
    def history(
        self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]
    ) -> dict[str, list[ListChange]]:
        """The last 50 changes with author and time, the latest first."""
        return {"changes": changes_of(tx, workspace.id, key)}


def read_columns(text: str) -> dict[str, str]:
    """`Mail=email,2=phone` to column → kind; a kind alone is for one identifier a line. Raises Malformed."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        column, equals, kind = part.rpartition("=")
        if equals and not (column.strip() and kind.strip()):
            raise Malformed("Write columns like Mail=email,2=phone.", path="columns")
        found[column.strip()] = kind.strip()
    return found
