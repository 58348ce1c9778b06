"""Files that messages carry, over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, Response, delete, get, put
from litestar.di import NamedDependency as Given
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import FromPath, HeaderParameter, RawBody

from hourglass.kernel import Clock, Permission, Workspace
from hourglass.messages.content.assets import LARGEST, TYPES, Asset, list_assets, put_asset, read_asset, remove_asset
from hourglass.postgres import Transaction


@dataclass
class _FileOperation(Operation):
    """Says in OpenAPI that the body is a file."""

    def __post_init__(self) -> None:
        content = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
        self.request_body = RequestBody(content=dict.fromkeys(TYPES, content), required=True)


class AssetsController(Controller):
    """`/api/assets`."""

    path = "/api/assets"
    tags = ("templates",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_of(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[Asset]:
        """The files that templates can attach, or show by `cid:` and their key."""
        return list_assets(tx, workspace.id)

    @put(
        "/{key:str}",
        needs=Permission.DEFINE,
        sync_to_thread=True,
        operation_class=_FileOperation,
        request_max_body_size=LARGEST + 1024,
    )
    def save(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        body: RawBody,
        media_type: Annotated[str, HeaderParameter(name="content-type")],
    ) -> Asset:
        """Keep a file, or replace it; 5 MB at most."""
        return put_asset(tx, workspace.id, key, media_type, body, clock.now())

    @get("/{key:str}", needs=Permission.LOOK, sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]) -> Response[bytes]:
        """The file itself."""
        found = read_asset(tx, workspace.id, key)
        headers = {"content-disposition": f'attachment; filename="{key}"', "x-content-type-options": "nosniff"}
        return Response(found.content, media_type=found.media_type, headers=headers)

    @delete("/{key:str}", needs=Permission.DEFINE, sync_to_thread=True)
    def forget(self, tx: Given[Transaction], workspace: Given[Workspace], key: FromPath[str]) -> None:
        """Forget a file; one that live content carries is refused (409), naming it."""
        remove_asset(tx, workspace.id, key)
