"""The roles a process can play. Each loads only what it needs, so that all of them together stay small."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from hourglass.app.clock import installation_clock
from hourglass.app.logs import configure_logs
from hourglass.app.memory import share_memory
from hourglass.kernel import Clock, Malformed, Settings, calm_collector, share_cores
from hourglass.postgres import Database


def run_role(role: str, settings: Settings, stop: threading.Event) -> None:
    """Play a role until told to stop. `settings.database_url` says where the database is."""
    name, _, number = role.partition(":")
    if name not in ROLES:
        raise Malformed(f"There is no role “{name}”; known: {', '.join(ROLES)}.")
    configure_logs(settings.log_level, role)
    share_memory(stop)
    database = Database(settings.database_url)
    try:
        ROLES[name](settings, database, installation_clock(database), stop, int(number or 0))
    finally:
        database.close()


def roles_for(settings: Settings, wanted: list[str] | None) -> list[str]:
    """The processes to start: one of each role, several engines, the inbox and returned mail where asked for."""
    returns = bool(settings.bounce_port or settings.bounce_mailbox)
    asked = [name for name, wished in (("inbox", bool(settings.inbox_port)), ("returns", returns)) if wished]
    names = wanted or ["web", "engine", "delivery", *asked]
    roles: list[str] = []
    for name in names:
        several = {"engine": settings.engine_workers, "delivery": settings.delivery_workers}.get(name, 1)
        roles += [name] if several == 1 else [f"{name}:{number}" for number in range(several)]
    return roles


def _engine(settings: Settings, database: Database, clock: Clock, stop: threading.Event, number: int) -> None:
    share_cores(settings.engine_workers)
    from hourglass.campaigns import Campaigns
    from hourglass.engine import Building, EngineWorker, Upkeep
    from hourglass.journeys import Calls, Entries, Syncs

    calm_collector()
    worker = EngineWorker(database, clock, settings, number)
    upkeep = Upkeep(database, clock, settings, worker.flushable)
    building = Building(database, clock, settings.data)
    campaigns = Campaigns(database, clock, settings)
    entries = Entries(database, clock)
    beside = [
        threading.Thread(target=upkeep.run, args=(stop,), name="upkeep"),
        threading.Thread(target=building.run, args=(stop,), name="building"),
        threading.Thread(target=campaigns.run, args=(stop,), name="campaigns"),
        threading.Thread(target=entries.run, args=(stop,), name="entries"),
        threading.Thread(target=Calls(database, clock, settings).run, args=(stop,), name="calls"),
        threading.Thread(target=Syncs(database, clock, settings).run, args=(stop,), name="audiences"),
    ]
    for thread in beside:
        thread.start()
    try:
        worker.run(stop)
    finally:  # whatever ends the worker: without it the others would keep a process alive that reads nothing
        stop.set()
        worker.flushable.set()
        for thread in beside:
            thread.join()


def _web(settings: Settings, database: Database, clock: Clock, stop: threading.Event, _number: int) -> None:
    from hourglass.app.web import serve_web

    _run(serve_web(settings, database, clock, _as_event(stop)))


def _delivery(settings: Settings, database: Database, clock: Clock, stop: threading.Event, _number: int) -> None:
    from hourglass import messages

    calm_collector()

    async def work() -> None:
        upkeep = asyncio.create_task(messages.run_upkeep(database, clock))
        hits = asyncio.create_task(messages.run_hits(database, clock, settings))
        try:
            await messages.run(database, clock, settings, _as_event(stop)())
        finally:
            upkeep.cancel()
            hits.cancel()

    _run(work())


def _inbox(settings: Settings, database: Database, clock: Clock, stop: threading.Event, _number: int) -> None:
    from hourglass import inbox

    async def work() -> None:
        await inbox.run(settings, database, clock, _as_event(stop)())

    _run(work())


def _returns(settings: Settings, database: Database, clock: Clock, stop: threading.Event, _number: int) -> None:
    from hourglass import messages

    async def work() -> None:
        await messages.receive(database, clock, settings, _as_event(stop)())

    _run(work())


def _run(work: Coroutine[Any, Any, None]) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def _as_event(stop: threading.Event) -> Callable[[], asyncio.Event]:
    """An event of the running loop that is set when `stop` is; without asking again and again."""

    def make() -> asyncio.Event:
        heard = asyncio.Event()
        loop = asyncio.get_running_loop()

        def listen() -> None:
            stop.wait()
            loop.call_soon_threadsafe(heard.set)

        threading.Thread(target=listen, daemon=True, name="stop-listener").start()
        return heard

    return make


ROLES: dict[str, Callable[[Settings, Database, Clock, threading.Event, int], None]] = {
    "web": _web,
    "engine": _engine,
    "delivery": _delivery,
    "inbox": _inbox,
    "returns": _returns,
}
