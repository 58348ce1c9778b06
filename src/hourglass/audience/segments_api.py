"""Segments over HTTP: sizes, growth, overlap, and their members as pages, files and webhooks."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO, Literal, cast

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from hourglass.audience.export.fields import DEFAULT, read_fields
from hourglass.audience.export.files import MEDIA, Format, Layout, export_members
from hourglass.audience.export.members import MemberPage, page
from hourglass.audience.export.webhook import Receiver, post_members
from hourglass.audience.sizes.overlap import Overlap, overlap
from hourglass.audience.sizes.sizes import Growth, SegmentStanding, growth, standing
from hourglass.channels import read_secret, resolve
from hourglass.kernel import Clock, HourglassError, Malformed, Permission, Settings, Workspace
from hourglass.postgres import Transaction

_BLOCK = 1 << 16
_LARGEST_PAGE = 5000
_FIELDS = (
    "Columns, separated by commas: profile_id, email, phone, name, known, entered_at, first_seen_at, last_seen_at, "
    "any kind of identifier (user_id, anonymous_id), identifiers, traits, traits.<name>."
)
Columns = Annotated[str, QueryParameter(description=_FIELDS)]


class Push(Struct, frozen=True, kw_only=True):
    """Where to post the members, and how."""

    url: str
    """https address of the receiver; inside the own network only with HOURGLASS_WEBHOOK_PRIVATE."""
    secret: str
    """16 bytes or more: plain text, or base64 after `whsec_`."""
    fields: str = DEFAULT
    page: int = 500
    """Members in one request."""


class SegmentsController(Controller):
    """`/api/segments`: live segments and static lists alike."""

    path = "/api/segments"
    tags = ("segments",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True, summary="Every segment with its size")
    def all_of_them(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]
    ) -> dict[str, list[SegmentStanding]]:
        """Live segments and static lists by key, with their members now and how many more than a week ago."""
        return {"segments": standing(tx, workspace, clock.now())}

    @get("/overlap", needs=Permission.LOOK, sync_to_thread=True, summary="What segments have in common")
    def common(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        keys: Annotated[str, QueryParameter(description="2 to 12 keys, separated by commas.")],
    ) -> Overlap:
        """Sizes, every pair with its intersection and Jaccard index, and every field of the Venn diagram."""
        return overlap(tx, workspace.id, keys.split(","))

    @get("/{key:str}/growth", needs=Permission.LOOK, sync_to_thread=True, summary="A segment day by day")
    def over_time(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        days: Annotated[int, QueryParameter(description="How many days, today the last; 1 to 1100.")] = 30,
    ) -> Growth:
        """Members at the end of each day, who entered and who left; today so far. Counted four times an hour."""
        return growth(tx, workspace, key, days, clock.now())

    @get("/{key:str}/members", needs=Permission.LOOK, sync_to_thread=True, summary="Members, page by page")
    def members(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        key: FromPath[str],
        fields: Columns = DEFAULT,
        cursor: Annotated[str | None, QueryParameter(description="`next` of the page before.")] = None,
        limit: Annotated[int, QueryParameter(description="Members on a page; 1 to 1000.")] = 100,
    ) -> MemberPage:
        """Pages that stay whole while people come and go.

        Whoever was a member at the first page, and still is at theirs, comes exactly once; whoever entered later does
        not come. Who left meanwhile may be missing.
        """
        return page(tx, workspace, key, read_fields(fields), cursor, limit, clock.now())

    @get("/{key:str}/export", needs=Permission.EXPORT, sync_to_thread=True, summary="Members as a file")
    def file(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        key: FromPath[str],
        layout: Annotated[Format, QueryParameter(name="format", description="csv, jsonl or parquet.")] = "csv",
        fields: Columns = DEFAULT,
        bom: Annotated[bool, QueryParameter(description="CSV: begin with a mark by which Excel knows UTF-8.")] = False,
        delimiter: Annotated[
            Literal["comma", "semicolon", "tab"], QueryParameter(description="CSV: what stands between the cells.")
        ] = "comma",
    ) -> Stream:
        """Everybody who is a member at this moment. In CSV, what a spreadsheet would run as a formula is shielded."""
        how = Layout(format=layout, bom=bom, delimiter=_SIGNS[delimiter])
        file = _written(tx, workspace, key, fields, how)
        headers = {"Content-Disposition": f'attachment; filename="{key}.{layout}"'}
        return Stream(_blocks(file), media_type=MEDIA[layout], headers=headers)

    @post(
        "/{key:str}/webhook",
        needs=Permission.EXPORT,
        status_code=200,
        sync_to_thread=True,
        summary="Post the members to a receiver",
    )
    def push(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        settings: Given[Settings],
        key: FromPath[str],
        data: JSONBody[Push],
    ) -> Stream:
        """Post everybody who is a member at this moment, page by page, signed as standardwebhooks.com says.

        The answer is JSON lines, one for each page that was taken: {"export", "page", "members", "last"}; a last line
        {"error"} says why it did not go on. Closing the connection stops it.
        """
        if not 1 <= data.page <= _LARGEST_PAGE:
            raise Malformed(f"A page has 1 to {_LARGEST_PAGE} members.", path="page")
        secret = read_secret(data.secret)
        resolve(data.url, private=settings.webhook_private)
        receiver = Receiver(url=data.url, secret=secret, page=data.page, private=settings.webhook_private)
        file = _written(tx, workspace, key, data.fields, Layout(format="jsonl"))
        return Stream(_progress(file, key, receiver), media_type="application/x-ndjson")


_SIGNS: dict[str, Literal[",", ";", "\t"]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


def _written(tx: Transaction, workspace: Workspace, key: str, fields: str, layout: Layout) -> BinaryIO:
    """The whole export in a file without a name: however slowly the client reads, the database waits for nobody."""
    columns = read_fields(fields)
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - it lives as long as the answer
    try:
        export_members(tx, workspace.id, key, columns, layout, file)
    except BaseException:
        file.close()
        raise
    return file


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _progress(file: BinaryIO, key: str, receiver: Receiver) -> Generator[bytes]:
    with file:
        file.seek(0)
        try:
            for posted in post_members(file, key, receiver):
                yield msgspec.json.encode(posted) + b"\n"
        except HourglassError as error:
            yield msgspec.json.encode(error.body()) + b"\n"
