"""The raw limit of sending: mails that are ready over connections that are open. No making, signing or recording."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import repeat

import msgspec
import uvloop
from msgspec import Struct

from bench.smtp_sink import Sink

CONNECTIONS = 8
"""As many as one delivery worker keeps open."""
ABOUT_TEN_KB = b"Subject: ready\r\n\r\n" + b"\r\n".join([b"x" * 76] * 130)
_ENVELOPE = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"


class _Load(Struct, kw_only=True):
    port: int
    mail: bytes
    count: int


def send_ready(sink: Sink, mail: bytes, count: int, processes: int = 1) -> float:
    """Mails a second, the same one again and again, from so many processes with `CONNECTIONS` each."""
    load = _Load(port=sink.port, mail=mail, count=count // processes)
    return race("bench.ready_mails", [load] * processes, count)


def race(module: str, loads: Sequence[Struct], count: int) -> float:
    """Mails a second of a process for each load: it prints a line when it is ready, then goes by `send_all`."""
    command = [sys.executable, "-m", module]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in loads]
    spans: list[tuple[float, float]] = []
    for one, load in zip(running, loads, strict=True):
        assert one.stdin is not None
        one.stdin.write(msgspec.json.encode(load) + b"\n")
        one.stdin.flush()
    for one in running:
        _line(one)  # its connections are open
    for one in running:
        assert one.stdin is not None
        one.stdin.close()
    for one in running:
        spans.append(msgspec.json.decode(_line(one), type=tuple[float, float]))
        one.wait()
    return count / (max(end for _, end in spans) - min(start for start, _ in spans))


def send_all(port: int, mails: Iterator[bytes]) -> None:
    """Every mail over `CONNECTIONS`, each as soon as the one before is taken; the parent hears when that was."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(msgspec.json.encode(runner.run(_send(port, mails))).decode(), flush=True)


def _line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline()


async def _send(port: int, mails: Iterator[bytes]) -> tuple[float, float]:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]

    async def lane(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for mail in mails:
            writer.write(_ENVELOPE)
            for _ in range(3):
                await reader.readline()
            writer.write(mail + b"\r\n.\r\n")
            await reader.readline()
        writer.close()

    for reader, _ in lines:
        await reader.readline()
    print("open", flush=True)
    sys.stdin.buffer.read()
    started = time.monotonic()
    await asyncio.gather(*(lane(*line) for line in lines))
    return started, time.monotonic()


if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=_Load)
    send_all(asked.port, repeat(asked.mail, asked.count))
