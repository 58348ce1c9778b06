"""Readers read the development inbox, and what they do goes through the doors that everybody uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import msgspec
import pytest

from hourglass.demo.collect import Collect
from hourglass.demo.readers.doors import Doors
from hourglass.demo.readers.habits import deeds
from hourglass.demo.readers.letter import Letter, read_letter
from hourglass.demo.readers.reading import Readers
from hourglass.demo.readers.returned import bounce, complaint
from hourglass.demo.story import Story
from hourglass.inbox.store import store
from hourglass.kernel import FixedClock
from hourglass.messages.returns.read import read_returned
from hourglass.postgres import Database
from tests.demo.readers.conftest import BASE, mail
from tests.messages.shop import NOW


def test_a_letter_is_taken_apart(letter_to: Callable[..., Letter]) -> None:
    letter = letter_to()
    assert letter.links == (f"{BASE}/t/c/mug", f"{BASE}/t/c/lamp?a=1&b=2")
    assert (letter.trap, letter.pixel, letter.way_out) == (f"{BASE}/t/c/trap", f"{BASE}/t/o/pixel.gif", f"{BASE}/u/out")
    assert not letter_to(marketing=False).marketing


class Web:
    """Remembers who asked for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.told: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/batch":
            self.told += msgspec.json.decode(request.content)["batch"]
            return httpx.Response(200, json={"success": True})
        self.asked.append((request.method, request.url.path, request.headers["user-agent"]))
        place = {"location": "https://shop.example.com/?utm_source=mail"} if "/t/c/" in request.url.path else {}
        return httpx.Response(302 if place else 200, headers=place)


@pytest.mark.anyio
async def test_what_is_due_is_done_once_and_in_its_time(database: Database, story: Story) -> None:
    buyer = next(
        person for person in (f"anna.bell.{n}@example.com" for n in range(5000))
        if {"open", "click", "order"} <= {one.what for one in deeds(read_letter(mail(person)), NOW, "s")}
    )  # fmt: skip
    with database.transaction() as tx:
        store(tx, [mail(buyer)])
    web, clock = Web(), FixedClock(NOW)
    async with httpx.AsyncClient(base_url=BASE, transport=httpx.MockTransport(web)) as client:
        doors = Doors(client=client, returns=0, shelf=story.shelf, seed="s")
        readers = Readers(database, doors, Collect(client, "key", _no_pause), clock)
        assert (await readers.turn(), web.asked) == (0, [])
        clock.advance(timedelta(days=2))
        assert await readers.turn() >= 3
        assert await readers.turn() == 0
    assert {path.rpartition("/")[0] for _, path, _ in web.asked} == {"/t/o", "/t/c"}
    assert [one.get("event", one["type"]) for one in web.told] == ["page", "Product Viewed", "Order Completed"]
    assert {one["userId"] for one in web.told} == {buyer.partition("@")[0].rpartition(".")[2]}
    assert all(one["context"] == {"generated": True} for one in web.told)


def test_what_comes_back_is_understood_by_those_who_read_returned_mail(letter_to: Callable[..., Letter]) -> None:
    letter = letter_to()
    marker = _Marker()
    reports = (bounce(letter, dead=True), bounce(letter, dead=False), complaint(letter))
    read = [read_returned(one.encode(), [letter.return_path], marker, NOW) for one in reports]  # type: ignore[arg-type]
    assert [(one.kind.value, one.sort and one.sort.value) for one in read] == [  # type: ignore[union-attr]
        ("bounced", "no_mailbox"), ("bounced", "full"), ("complained", None),
    ]  # fmt: skip


class _Marker:
    def leaving(self, _addresses: str) -> None:
        return None

    def find(self, _text: str) -> object:
        from hourglass.channels import Marked

        return Marked(1, 2)


async def _no_pause(_seconds: float) -> None:
    return None
