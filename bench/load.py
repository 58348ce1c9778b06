"""The load: a process that keeps a few connections busy with requests made beforehand, at little cost of its own."""

from __future__ import annotations

import base64
import json
import select
import socket
import sys
import time
from random import Random

import msgspec

_PAGES = ("Product Viewed", "Product Added", "Products Searched", "Checkout Started")


class Load(msgspec.Struct, kw_only=True):
    """What to send where; comes in as JSON on standard input."""

    port: int
    path: str
    key: str
    batch: int
    connections: int
    seconds: float
    requests: int = 500


def requests(load: Load) -> list[bytes]:
    """Distinct requests, from a seed."""
    chance = Random(7)
    return [
        _request(load, [_event(chance, turn, place) for place in range(load.batch)]) for turn in range(load.requests)
    ]


def main() -> None:
    """Send as fast as answers come; print the events acknowledged per second."""
    load = msgspec.json.decode(sys.stdin.buffer.read(), type=Load)
    made = requests(load)
    poll = select.epoll()
    sockets = {one.fileno(): one for one in (_connect(load.port) for _ in range(load.connections))}
    for number in sockets:
        poll.register(number, select.EPOLLIN)
    turn, answered = 0, 0
    for one in sockets.values():
        one.sendall(made[turn % len(made)])
        turn += 1
    begun = time.perf_counter()
    while (spent := time.perf_counter() - begun) < load.seconds:
        for number, _ in poll.poll():
            answer = sockets[number].recv(65536)
            if answer[9:12] != b"200":
                sys.exit(f"refused: {answer!r}")
            answered += 1
            sockets[number].sendall(made[turn % len(made)])
            turn += 1
    print(answered * load.batch / spent)


def _connect(port: int) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port))
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    return one


def _request(load: Load, events: list[dict[str, object]]) -> bytes:
    content = events[0] if load.batch == 1 else {"batch": events}
    body = json.dumps(content, separators=(",", ":")).encode()
    user = base64.b64encode(f"{load.key}:".encode()).decode()
    head = (
        f"POST {load.path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {user}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _event(chance: Random, turn: int, place: int) -> dict[str, object]:
    """One of what an SDK on a shop's server sends: 440 bytes."""
    return {
        "type": "track",
        "event": chance.choice(_PAGES),
        "userId": f"user-{chance.randrange(100_000)}",
        "anonymousId": f"0b0c2a7e-1c0e-4b1b-9a55-{chance.randrange(10**12):012d}",
        "messageId": f"node-next-1700000000000-{turn:08d}-{place:04d}",
        "timestamp": "2026-01-01T10:00:00.123Z",
        "properties": {
            "product_id": "85123A",
            "name": "WHITE HANGING HEART T-LIGHT HOLDER",
            "price": 2.55,
            "quantity": chance.randrange(1, 9),
            "category": "home",
            "currency": "GBP",
        },
        "context": {"library": {"name": "@segment/analytics-node", "version": "2.1.0"}},
    }


if __name__ == "__main__":
    main()
