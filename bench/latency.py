"""From the event's request to the mail at the provider, at a steady rate."""

from __future__ import annotations

import asyncio
import time

from bench.installation import installation, ping, request
from bench.row import Meter, Row, metered, percentile
from bench.timed_sink import TimedSink
from tests.live import Live

_CONNECTIONS = 16


def idle(size: str) -> list[Row]:
    """5 events a second; the budget is p50 < 40 ms and p99 < 100 ms."""
    return _measure("latency_idle", rate=5, seconds=20 if size == "small" else 60, budget=100)


def load(size: str) -> list[Row]:
    """500 events a second, each with a mail; the budget is p99 < 1 s."""
    return _measure("latency_load", rate=500, seconds=8 if size == "small" else 30, budget=1000)


def _measure(name: str, rate: int, seconds: int, budget: float) -> list[Row]:
    count = rate * seconds
    with TimedSink() as sink, installation(count, smtp_url=sink.url) as live, metered() as meter:
        waits = answered(live, sink, count, rate)
    return [row(name, waits, meter, budget, f"{rate} events/s, each makes one mail")]


def answered(live: Live, sink: TimedSink, count: int, rate: int) -> list[float]:
    """Ping people 0 to `count` at this rate; how many ms each mail took, those of the first second left out."""
    asked = asyncio.run(_drive(live, count, rate))
    addresses = [f"p{n}@bench.example" for n in range(count)]
    _await(sink, addresses)
    return [(sink.taken[address] - asked[n]) * 1000 for n, address in enumerate(addresses) if n >= rate]


def row(name: str, waits: list[float], meter: Meter, budget: float, note: str) -> Row:
    """The line of the table, against the budget in ms."""
    return Row(
        name=name,
        ours=percentile(waits, 0.99),
        limit=budget,
        unit="ms (p99)",
        p50=percentile(waits, 0.5),
        wall_s=meter.wall_s,
        cpu_s=meter.cpu_s,
        peak_mb=meter.peak_mb,
        note=f"{note}; limit: the budget; the first second is left out",
    )


async def _drive(live: Live, count: int, rate: int) -> dict[int, float]:
    """Ask on time, whatever the answers do; the moments when each was asked."""
    lines = [await asyncio.open_connection("127.0.0.1", live.port) for _ in range(_CONNECTIONS)]
    requests = [request(live, ping(n)) for n in range(count)]
    asked: dict[int, float] = {}
    locks = [asyncio.Lock() for _ in lines]

    async def one(n: int) -> None:
        place = n % _CONNECTIONS
        reader, writer = lines[place]
        async with locks[place]:
            writer.write(requests[n])
            head = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in head.partition(b"\r\n")[0], head
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))

    started = time.perf_counter()
    tasks: list[asyncio.Task[None]] = []
    for n in range(count):
        await asyncio.sleep(max(0.0, started + n / rate - time.perf_counter()))
        asked[n] = time.perf_counter()
        tasks.append(asyncio.create_task(one(n)))
    await asyncio.gather(*tasks)
    for _, writer in lines:
        writer.close()
    return asked


def _await(sink: TimedSink, addresses: list[str], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while missing := sum(address not in sink.taken for address in addresses):
        assert time.monotonic() < deadline, f"{missing} of {len(addresses)} mails did not come"
        time.sleep(0.02)
