"""Carries deeds out at the doors of everybody: pixel and links, the one-click way out, the door for returned mail."""

from __future__ import annotations

import asyncio
import smtplib

import httpx
from msgspec import Struct

from hourglass.demo.goods import Shelf
from hourglass.demo.readers.buying import arrives, buys, looks
from hourglass.demo.readers.habits import Deed, is_dead
from hourglass.demo.readers.returned import bounce, complaint, post
from hourglass.demo.telling import Told

_ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Doors(Struct, frozen=True, kw_only=True):
    """Where the demo's server is. `returns`: the port for returned mail on this machine, 0 for none."""

    client: httpx.AsyncClient
    returns: int
    shelf: Shelf
    seed: str

    async def carry_out(self, deed: Deed) -> list[Told]:
        """Do it; what the shop's tracker tells of it comes back. A server that is away is not asked twice."""
        try:
            return await self._do(deed)
        except (httpx.TransportError, OSError, smtplib.SMTPException):
            return []

    async def _do(self, deed: Deed) -> list[Told]:
        letter, agent = deed.letter, {"user-agent": deed.agent}
        match deed.what:
            case "open":
                await self.client.get(deed.url, headers=agent)
            case "look":
                await self.client.head(deed.url, headers=agent)
            case "unsubscribe":
                await self.client.post(deed.url, data=_ONE_CLICK, headers=agent)
            case "click":
                answer = await self.client.get(deed.url, headers=agent, follow_redirects=False)
                page = answer.headers.get("location")
                if page is not None and deed.url != letter.trap:
                    seen = looks(letter, self.shelf, deed.at, self.seed)
                    return [arrives(letter, page, deed.at), seen]
            case "order":
                return [buys(letter, self.shelf, deed.at, self.seed)]
            case "bounce" | "complain" if self.returns:
                dead = is_dead(letter, self.seed)
                report = complaint(letter) if deed.what == "complain" else bounce(letter, dead=dead)
                await asyncio.to_thread(post, report, letter, "127.0.0.1", self.returns)
            case _:
                pass
        return []
