"""The events of some names, kept in memory person by person in the order in which they happened.

So kept, the rows of a person are neighbours, and to put a person together costs a tenth of looking each row up. Files
of the lake never change: a shelf reads only those that are new, and only properties that nobody has asked for yet. What
came since it was put in order lies beside it; whoever has rows there is answered from both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from msgspec.structs import replace

from hourglass.audience.build.branches import Branch
from hourglass.audience.build.compact import Texts, in_order
from hourglass.audience.build.extents import Extents
from hourglass.audience.build.frames import Lake, Rows, lake_frame, read_rows, wanted
from hourglass.audience.columns.scope import LINE
from hourglass.audience.live.ask import local_time
from hourglass.lake import EVENT_COLUMNS, Picture

_NUMBER = "number:"
_READ = ("profile_id", "identity_id", "event", "at", "seq")
_BESIDE = 100_000
_MOST_ROWS = 2**31
_NOBODY = pl.DataFrame(schema={"identity_id": pl.Int64, "profile_id": pl.Int64})


class TooLarge(Exception):
    """The rows do not fit into the memory that was allowed."""


class Shelf:
    """For one thread at a time; the rows that it gave stay as they were."""

    def __init__(self, branch: Branch, most: int, beside: int = _BESIDE) -> None:
        self._names = pl.Enum(sorted(branch.needs.events))
        self._lines = [LINE] if branch.lines else []
        self._most, self._most_beside = most, beside
        self._whole: pl.DataType = pl.UInt32()
        self._texts, self._extents = Texts(), Extents()
        self._properties: list[str] = []
        self._moved: pl.DataFrame = _NOBODY
        self._ordered: pl.DataFrame = pl.DataFrame()
        self._beside: pl.DataFrame = pl.DataFrame()

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self._ordered.estimated_size() + self._beside.estimated_size())

    def rows(self, lake: Lake, branch: Branch, now: datetime) -> Sequence[Rows]:
        """What `lake_frame` gives, in groups of people; `branch` speaks of the same events every time.

        Raises TooLarge.
        """
        try:
            self._follow(lake, branch, now)
        except pl.exceptions.InvalidOperationError:
            if self._whole == pl.Int64:
                raise
            self._whole = pl.Int64()  # numbers above four billion
            self._start_over()
            self._follow(lake, branch, now)
        fresh = lake_frame(replace(lake, picture=replace(lake.picture, files=[])), branch, now)
        if not self._ordered.height and not self._beside.height:
            return [Rows(frame=fresh)]
        return self._given(lake, branch, fresh.collect(), now)

    def _given(self, lake: Lake, branch: Branch, fresh: pl.DataFrame, now: datetime) -> Sequence[Rows]:
        """Those who have rows in order only, and the others."""
        local = [local_time(lake.workspace.zone)] if branch.needs.local else []
        texts = [
            pl.col(name).cast(pl.String)
            for name in wanted(branch)
            if isinstance(self._beside[name].dtype, pl.Categorical)
        ]
        columns = ["subject", "event", "at", "seq", *self._lines, *wanted(branch)]
        ordered, beside = self._ordered.select(columns), self._beside.select(columns)

        def told(rows: pl.DataFrame) -> pl.LazyFrame:
            lazy = rows.lazy() if branch.window is None else rows.lazy().filter(pl.col("at") >= now - branch.window)
            return lazy.with_columns(pl.col("seq").cast(pl.Int64), *texts, *local)

        if not beside.height and not fresh.height:
            return [Rows(frame=told(ordered), in_order=True)]
        who = pl.concat([beside["subject"].cast(pl.Int64), fresh["subject"]]).unique()
        theirs = ordered["subject"].is_in(who.cast(self._whole, strict=False).drop_nulls().implode())
        plain = told(pl.concat([ordered.filter(theirs), beside])).cast({"subject": pl.Int64, "event": pl.String})
        fresh = fresh.select(plain.collect_schema().names())
        return [
            Rows(frame=told(ordered.filter(~theirs)), in_order=True),
            Rows(frame=pl.concat([plain, fresh.lazy()])),
        ]

    def _start_over(self) -> None:
        self._texts, self._extents, self._properties = Texts(), Extents(), []
        self._moved, self._ordered, self._beside = _NOBODY, pl.DataFrame(), pl.DataFrame()

    def _follow(self, lake: Lake, branch: Branch, now: datetime) -> None:
        """Be what the files hold now."""
        files = {file.path: file for file in lake.picture.files}
        gone_back = self._moved.join(lake.identities, on="identity_id", how="anti").height
        if gone_back or self._extents.next > _MOST_ROWS:
            self._start_over()
        self._drop([path for path in self._extents.files if path not in files])
        self._move(lake.identities)
        self._widen(lake, branch, [name for name in wanted(branch) if name not in self._properties])
        for path in lake.picture.paths(None if branch.window is None else now - branch.window):
            if path not in self._extents:
                self._read(_only(lake, path), branch, path)
        if self._beside.height > max(self._most_beside, self._ordered.height // 8):
            whole = pl.concat([self._ordered, self._beside], rechunk=True)
            self._beside = self._ordered = whole.clear()
            self._ordered = in_order(whole)

    def _read(self, lake: Lake, branch: Branch, path: str) -> None:
        """A new file, with all properties that are known here."""
        rows = read_rows(replace(lake, identities=_NOBODY), branch, _READ, self._properties).collect(engine="streaming")
        found = _with_today(rows, lake.identities).with_columns(
            pl.col("subject", "identity_id", "seq").cast(self._whole),
            pl.col("event").cast(self._names),
            self._extents.add(path, rows.height).alias(_NUMBER),
            *(self._texts.packed(rows[name]) for name in self._properties if rows.height),
        )
        found = found.select("subject", *_READ[1:], *self._lines, _NUMBER, *self._properties)
        if not self._ordered.height and not self._beside.height:
            self._ordered = self._beside = found.clear()
        self._beside = pl.concat([self._beside, found]) if rows.height else self._beside
        if self.size > self._most:
            raise TooLarge

    def _widen(self, lake: Lake, branch: Branch, properties: Sequence[str]) -> None:
        """Read more properties of what is here."""
        self._properties += properties
        if not properties or not (self._ordered.height or self._beside.height):
            return
        pieces = [read_rows(_only(lake, path), branch, [], properties) for path in self._extents.files]
        found = pl.concat([piece.collect(engine="streaming") for piece in pieces], rechunk=True)
        packed = pl.DataFrame([self._texts.packed(found[name]) for name in properties])
        self._ordered = self._ordered.hstack(packed[self._extents.places(self._ordered[_NUMBER])])
        self._beside = self._beside.hstack(packed[self._extents.places(self._beside[_NUMBER])])
        if self.size > self._most:
            raise TooLarge

    def _drop(self, gone: Sequence[str]) -> None:
        """Files that were joined or rewritten."""
        if gone and self._beside.width:
            self._ordered = self._ordered.filter(self._extents.without(gone, self._ordered[_NUMBER]))
            self._beside = self._beside.filter(self._extents.without(gone, self._beside[_NUMBER]))
        self._extents.forget(gone)

    def _move(self, identities: pl.DataFrame) -> None:
        """Who is somebody else since takes their rows along; these lie beside the others then."""
        news = identities.join(self._moved, on=["identity_id", "profile_id"], how="anti")
        self._moved = identities
        if not news.height or not self._beside.width:
            return
        ids = news["identity_id"].cast(self._whole, strict=False).drop_nulls().implode()
        theirs = pl.col("identity_id").is_in(ids)
        moving = pl.concat([self._ordered.filter(theirs), self._beside.filter(theirs)])
        today = _with_today(moving.rename({"subject": "profile_id"}).cast({"identity_id": pl.Int64}), news)
        today = today.cast({"subject": self._whole, "identity_id": self._whole}).select(self._beside.columns)
        self._ordered = self._ordered.filter(~theirs)
        self._beside = pl.concat([self._beside.filter(~theirs), today])


def _only(lake: Lake, path: str) -> Lake:
    files = [file for file in lake.picture.files if file.path == path]
    return replace(lake, picture=Picture(files=files, waiting=EVENT_COLUMNS.to_frame()))


def _with_today(rows: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """`subject`: the person of today."""
    today = identities.select("identity_id", pl.col("profile_id").alias("subject"))
    found = rows.join(today, on="identity_id", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("subject", "profile_id").alias("subject"))
