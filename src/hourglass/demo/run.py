"""The demo from start to stop: prepare, serve, import the year, play the week; go on where it was the next time."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

import httpx

from hourglass.demo.beginning import prepare
from hourglass.demo.history import import_history
from hourglass.demo.live import ShopServer, play_live
from hourglass.demo.options import Around, Options
from hourglass.demo.progress import Progress
from hourglass.demo.retail import read_retail
from hourglass.demo.say import Say
from hourglass.demo.settle import settle, what_failed
from hourglass.demo.shop import send_letter
from hourglass.demo.store import keep, standing
from hourglass.demo.story import Story, tell
from hourglass.kernel import Clock, HourglassError, Settings, Workspace
from hourglass.postgres import Database


def run(
    database: Database,
    workspace: Workspace,
    settings: Settings,
    options: Options,
    around: Around,
    clock: Clock,
    say: Say,
) -> None:
    """All that `hourglass demo` does; returns when it is stopped, or at the present if that was asked."""
    progress = prepare(database, workspace, options, around.kinds, clock.now())
    say.hello(progress)
    with _stoppable(database, workspace, clock, say), around.serve() as address:
        with database.transaction() as tx:
            key, link = around.write_key(tx), around.login_link(tx)
        say.links(link, f"{address}/inbox")
        story = tell(read_retail(), progress.dates, progress.seed)
        progress = _history(database, workspace, story, progress.of(story), settings, say)
        _look_back(database, workspace, options, say)
        with database.transaction() as tx:
            send_letter(tx, workspace, progress.shown)
        shop = ShopServer(address=address, write_key=key, returns=around.returns)
        asyncio.run(_week(database, workspace, story, progress, options, shop, clock, say))
        settle(database, say, "Last events")
        _look_back(database, workspace, options, say)
        say.line("The story is told up to the present.")
        if not options.until_caught_up:
            say.line("The server stays; stop it with Ctrl-C.")
            signal.pause()


def _history(
    database: Database, workspace: Workspace, story: Story, progress: Progress, settings: Settings, say: Say
) -> Progress:
    if progress.history_told < progress.history_total:
        with say.bar("History, written to the log", progress.history_told) as report:
            progress = import_history(
                database, workspace.id, story, progress, partitions=settings.partitions, report=report
            )
    settle(database, say, "History, processed")
    return progress


def _look_back(database: Database, workspace: Workspace, options: Options, say: Say) -> None:
    """What went wrong behind the demo's back is told; where nobody watches, the demo has failed."""
    failed = what_failed(database, workspace.id)
    if failed and options.until_caught_up:
        raise HourglassError(failed)
    if failed:
        say.line(failed)


async def _week(
    database: Database,
    workspace: Workspace,
    story: Story,
    progress: Progress,
    options: Options,
    shop: ShopServer,
    clock: Clock,
    say: Say,
) -> None:
    with say.week(progress) as watch:
        async with httpx.AsyncClient(base_url=shop.address, timeout=30) as client:
            await play_live(
                database,
                workspace.id,
                story,
                progress,
                options,
                client=client,
                shop=shop,
                clock=clock,
                watch=watch,
            )


@contextmanager
def _stoppable(database: Database, workspace: Workspace, clock: Clock, say: Say) -> Generator[None]:
    """Ctrl-C and SIGTERM end the demo; its clock stands still until the next start."""
    # Said outright: a shell starts background jobs with Ctrl-C switched off, and asyncio would then not hear it either.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        yield
    except KeyboardInterrupt:
        say.line("Stopped. The next start goes on from here.")
    finally:
        with database.transaction() as tx:
            left = standing(tx, workspace.id)
            if left is not None:
                keep(tx, workspace.id, left.standing_still(clock.now()))


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
