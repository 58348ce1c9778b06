"""Which rows came from which file: every row that is read gets a number, file by file."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Extents:
    """The numbers that each file has, in the order in which the files were read."""

    def __init__(self) -> None:
        self._starts: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self.next = 0

    def __contains__(self, path: str) -> bool:
        return path in self._starts

    @property
    def files(self) -> dict[str, int]:
        """Their rows by path."""
        return self._rows

    def add(self, path: str, rows: int) -> pl.Series:
        """The numbers of the rows of a file."""
        self._starts[path], self._rows[path] = self.next, rows
        self.next += rows
        return pl.int_range(self.next - rows, self.next, dtype=pl.UInt32, eager=True)

    def without(self, gone: Collection[str], numbers: pl.Series) -> pl.Series:
        """Which of these rows are from none of the files that are gone."""
        import numpy as np

        stays = np.array([path not in gone for path in self._starts])
        return pl.Series(stays[self._file_of(numbers.to_numpy())])

    def forget(self, gone: Collection[str]) -> None:
        """The files are gone."""
        for path in gone:
            del self._starts[path], self._rows[path]

    def places(self, numbers: pl.Series) -> pl.Series:
        """Where these rows stand when all files are read once more, one after the other."""
        import numpy as np

        told = numbers.to_numpy().astype(np.int64)
        shifts = np.cumsum([0, *self._rows.values()])[:-1] - np.array([*self._starts.values()])
        return pl.Series(told + shifts[self._file_of(told)])

    def _file_of(self, numbers: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        # A file without rows begins where the next one does, which is the later one of the two.
        return np.searchsorted(np.array([*self._starts.values()]), numbers, side="right") - 1
