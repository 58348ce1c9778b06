"""The raw limit of sending: mails that are ready over connections that are open. No making, signing or recording."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

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
    load = msgspec.json.encode(_Load(port=sink.port, mail=mail, count=count // processes))
    command = [sys.executable, "-m", "bench.ready_mails"]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(processes)]
    spans: list[tuple[float, float]] = []
    for one in running:
        assert one.stdin is not None
        one.stdin.write(load + b"\n")
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


def _line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline()


async def _send(load: _Load) -> tuple[float, float]:
    lines = [await asyncio.open_connection("127.0.0.1", load.port) for _ in range(CONNECTIONS)]
    content = load.mail + b"\r\n.\r\n"

    async def lane(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(load.count // CONNECTIONS):
            writer.write(_ENVELOPE)
            for _ in range(3):
                await reader.readline()
            writer.write(content)
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
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(msgspec.json.encode(runner.run(_send(asked))).decode(), flush=True)
