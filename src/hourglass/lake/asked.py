"""What is asked of the history, said once for every engine that reads it."""

from __future__ import annotations

from msgspec import Struct

from hourglass.lake.schema import EVENT_COLUMNS

JSON = "properties"
LINES = "products."
"""What names of properties of lines begin with; `products` is the property that holds the lines."""

LINE = "line"
"""The number of a line in its event, from 1; null where an event has no lines."""

AT_US, LOCAL, LOCAL_US = "at_us", "local", "local_us"
CLOCK = {AT_US, LOCAL, LOCAL_US}
"""Columns that are computed from `at`: microseconds since 1970; what a clock of the zone showed, as a moment without a
zone, and as microseconds since 1970 on that clock."""

CURRENCY = "currency_of_money"
"""The column `currency`, by a name that no property has: what the JSON calls so is as the shop wrote it."""


class Asked(Struct, frozen=True, kw_only=True):
    """Columns of the table or of the clock, and properties out of the JSON; with `lines` each event once a line."""

    columns: tuple[str, ...]
    properties: tuple[str, ...]
    lines: bool
    zone: str | None

    @property
    def own(self) -> list[str]:
        """Properties of the event itself."""
        return [name for name in self.properties if not self._of_line(name)]

    @property
    def of_lines(self) -> list[str]:
        """Properties of its lines, as the lines call them."""
        return [name.removeprefix(LINES) for name in self.properties if self._of_line(name)]

    @property
    def stored(self) -> list[str]:
        """Columns that have to be read from the table."""
        read = [name for name in self.columns if name in EVENT_COLUMNS]
        needed = (["at"] if CLOCK & set(self.columns) else []) + (["currency"] if CURRENCY in self.columns else [])
        needed += [JSON] if self.properties or self.lines else []
        return list(dict.fromkeys([*read, *needed]))

    @property
    def answer(self) -> list[str]:
        """The columns of the answer in their order."""
        return [*self.columns, *([LINE] if self.lines else []), *self.properties]

    def _of_line(self, name: str) -> bool:
        return self.lines and name.startswith(LINES)

    def __post_init__(self) -> None:
        """Raises ValueError for what no history can answer."""
        twice = {name for name in self.answer if self.answer.count(name) > 1}
        if twice:
            raise ValueError(f"Asked for twice: {', '.join(sorted(twice))}.")
        unknown = set(self.columns) - set(EVENT_COLUMNS) - CLOCK - {CURRENCY}
        if unknown:
            raise ValueError(f"The lake has no column {', '.join(sorted(unknown))}.")
        if self.zone is None and {LOCAL, LOCAL_US} & set(self.columns):
            raise ValueError("The local time of an event needs a zone.")
