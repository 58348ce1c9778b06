"""Customers who come, look around, sign up, fill carts and sometimes order, whatever happens to the server."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random
from threading import Event, Timer
from typing import Any, Self

from tests.crash.client import Client
from tests.live import Live

_FAREWELL = 60.0


@dataclass(frozen=True)
class Order:
    """An acknowledged order; `revenue` in minor units."""

    id: str
    revenue: int
    acknowledged_at: datetime


@dataclass(frozen=True)
class Customer:
    """Somebody whose whole visit was acknowledged, and what is known about them outside of the server."""

    user_id: str
    email: str
    order: Order | None


class Crowd:
    """`with Crowd(live, seed) as crowd:` sends until the end of the block, then lets every visit come to its end."""

    def __init__(self, live: Live, seed: int, clients: int = 3, pause: float = 0.15) -> None:
        self._leaving, self._closing = Event(), Event()
        self._clients = [Client(live, Random(f"{seed}-{number}"), self._closing) for number in range(clients)]
        self._visitors = [Random(f"{seed}-{number}-visits") for number in range(clients)]
        self._pause = pause
        self._threads = ThreadPoolExecutor(clients)
        self._work: list[Future[None]] = []
        self.customers: list[Customer] = []
        self.interrupted = 0
        """Visits that the end of the test cut off; there should be none."""

    @property
    def acknowledged(self) -> dict[str, datetime]:
        return {id_: at for client in self._clients for id_, at in client.acknowledged.items()}

    @property
    def doubtful(self) -> set[str]:
        return {id_ for client in self._clients for id_ in client.doubtful}

    @property
    def refusals(self) -> list[str]:
        return [refusal for client in self._clients for refusal in client.refusals]

    @property
    def repeats(self) -> int:
        return sum(client.repeats for client in self._clients)

    def progress(self) -> int:
        """How many events were acknowledged so far."""
        return sum(len(client.acknowledged) for client in self._clients)

    def __enter__(self) -> Self:
        self._work = [self._threads.submit(self._visits, number) for number in range(len(self._clients))]
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.set()
        patience = Timer(_FAREWELL, self._closing.set)
        patience.start()
        self._threads.shutdown()
        patience.cancel()
        for client in self._clients:
            client.close()
        for work in self._work:
            work.result()

    def _visits(self, number: int) -> None:
        client, chance = self._clients[number], self._visitors[number]
        for visit in count():
            if self._leaving.is_set():
                return
            customer = self._visit(f"{number}-{visit}", client, chance)
            if customer is None:
                self.interrupted += 1
            else:
                self.customers.append(customer)
            client.pause(0, self._pause)

    def _visit(self, name: str, client: Client, chance: Random) -> Customer | None:
        """Looking is sent once and may get lost; the rest is sent until it is acknowledged."""
        user_id, email = f"user-{name}", f"user-{name}@customers.example"
        client.send(_looks(name, chance.randrange(1, 4), anonymousId=f"device-{name}"), give_up=True)
        steps = [_identify(name, user_id, email), _sign_up(name, user_id) + _looks(f"{name}-b", 20, userId=user_id)]
        order = None
        for events in steps:
            if not client.send(events):
                return None
        if chance.random() < 0.5:
            revenue = chance.randrange(100, 100_000)
            events = _order(name, user_id, revenue)
            if not client.send(events):
                return None
            order = Order(f"order-{name}", revenue, client.acknowledged[events[0]["messageId"]])
            steps.append(events)
        if chance.random() < 0.3:
            client.send(chance.choice(steps), give_up=True)  # what was acknowledged is sent again
        client.send(_looks(f"{name}-c", chance.randrange(1, 60), userId=user_id), give_up=True)
        return Customer(user_id, email, order)


def _track(id_: str, event: str, who: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "track", "messageId": id_, "event": event, **who, "properties": properties}


def _looks(name: str, number: int, **who: Any) -> list[dict[str, Any]]:
    return [_track(f"look-{name}-{one}", "Product Viewed", who, product_id=f"p{one}") for one in range(number)]


def _identify(name: str, user_id: str, email: str) -> list[dict[str, Any]]:
    traits = {"email": email, "firstName": f"Anna {name}"}
    who = {"userId": user_id, "anonymousId": f"device-{name}"}
    return [{"type": "identify", "messageId": f"identify-{name}", **who, "traits": traits}]


def _sign_up(name: str, user_id: str) -> list[dict[str, Any]]:
    who = {"userId": user_id}
    product = {"cart_id": f"cart-{name}", "product_id": "tea", "price": 9.9, "quantity": 1}
    return [
        _track(f"subscribe-{name}", "Subscribed", who, channel="email", topic="news"),
        _track(f"signup-{name}", "Signed Up", who),
        _track(f"cart-{name}", "Product Added", who, **product),
    ]


def _order(name: str, user_id: str, revenue: int) -> list[dict[str, Any]]:
    money = {"revenue": f"{revenue / 100:.2f}", "currency": "EUR"}
    return [_track(f"order-{name}", "Order Completed", {"userId": user_id}, order_id=f"order-{name}", **money)]


def ids_of(events: Iterable[dict[str, Any]]) -> list[str]:
    """The messageId of each."""
    return [event["messageId"] for event in events]
