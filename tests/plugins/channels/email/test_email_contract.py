from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hourglass.channels import Sender, discover, open_sender
from tests.channels.contract import ChannelContract
from tests.channels.scripted_smtp import Script, smtp_server


@pytest.fixture(params=[True, False], ids=["pipelining", "one by one"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Script]:
    async with smtp_server(pipelining=request.param) as script:
        yield script


class TestEmail(ChannelContract):
    accepted = "anna@customers.example"
    temporary = "later@customers.example"
    permanent = "spam@customers.example"
    nobody = "gone@customers.example"
    silent = "silent@customers.example"

    @pytest.fixture
    async def sender(self, server: Script) -> AsyncIterator[Sender]:
        opened = open_sender(discover()["email"], {"url": f"smtp://127.0.0.1:{server.port}", "timeout": 5})
        yield opened
        await opened.close()

    @pytest.fixture
    async def away(self) -> Sender:
        return open_sender(discover()["email"], {"url": "smtp://127.0.0.1:1", "timeout": 1})
