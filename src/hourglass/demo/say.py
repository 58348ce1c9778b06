"""What the demo shows in the terminal: bars with real progress, where to look, and where its clock stands."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from hourglass.demo.progress import Progress

_STORY = (
    "The year of a real gift shop (UCI Online Retail, D. Chen 2015, CC BY 4.0), moved so that it ends now. The past "
    "comes in as history and sends nothing, the last part is played live. Orders, customers and prices are real; "
    "names, addresses and browsing are made up and marked as such. So are those who read the letters, click and "
    "buy afterwards: simulated from a seed, by the same doors that everybody comes through."
)
_LOOK = (
    "Look at the live page first: what people do, what is sent and what is held back, and what they ordered after it. "
    "Then at a journey, with everybody who stands at each step, and at a person, with each decision made. In a few "
    "minutes `hourglass campaigns report quiet-evenings` tells which of two subjects has won."
)


class Say:
    """Writes to one console; the terminal's when none is given."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()

    def hello(self, progress: Progress) -> None:
        """What is about to happen."""
        if progress.history_told:
            self.line(f"The demo goes on where it was: {progress.shown:%A %d %B, %H:%M} UTC.")
        else:
            self.line(_STORY)

    def links(self, login: str, inbox: str) -> None:
        """Where to look. Never wrapped or cut: a link must stay whole."""
        self._console.rule("Hourglass")
        self._console.print(f"Admin page (this link works once):  [bold]{login}[/]", soft_wrap=True, highlight=False)
        self._console.print(f"Mail that the demo sends:           [bold]{inbox}[/]", soft_wrap=True, highlight=False)
        self._console.rule()
        self.line(_LOOK)

    def line(self, words: str) -> None:
        """One sentence or two."""
        self._console.print(words, highlight=False)

    @contextmanager
    def bar(self, title: str, done: int) -> Generator[Callable[[int, int], None]]:
        """A bar that stands at `done`; tell it (done, total)."""
        with self._bars() as bars:
            task = bars.add_task(title, completed=done, total=None)
            yield lambda now, total: bars.update(task, completed=now, total=total)

    @contextmanager
    def week(self, progress: Progress) -> Generator[Callable[[Progress], None]]:
        """A bar from the cut to the present, by the demo clock."""
        dates = progress.dates
        hours = (dates.end - dates.cut).total_seconds() / 3600

        def watch(reached: Progress) -> None:
            shown = (reached.shown - dates.cut).total_seconds() / 3600
            title = f"Live: {reached.shown:%a %d %b %H:%M}, {reached.live_told:,} events sent"
            bars.update(task, completed=round(min(shown, hours)), description=title)

        with self._bars() as bars:
            task = bars.add_task("Live", total=round(hours))
            yield watch

    def _bars(self) -> Bars:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Bars(*columns, console=self._console)
