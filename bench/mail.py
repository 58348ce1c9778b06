"""What a mail costs this process before the network: building, signing, and the dialogue with the server.

`python -m bench.mail` prints mails a second of one core (processor time, so that a busy machine does not matter). The
sink is a process of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosmtplib
import uvloop

from bench.smtp_sink import smtp_sink
from hourglass.channels import Marker, Outgoing, create_keys, signing_keys
from hourglass.plugins.channels.email.connection import Envelope
from hourglass.plugins.channels.email.dial import connect
from hourglass.plugins.channels.email.dkim import Keyring, Signatures
from hourglass.plugins.channels.email.letterhead import Letterhead
from hourglass.plugins.channels.email.settings import EmailSettings, read_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = (
    "<html><head><title>x</title></head><body>" + "<p style='margin:0'>Good  day, Anna!</p>\n" * 400 + "</body></html>"
)
MARKER = Marker(b"bench")


def main() -> None:
    """All figures, one a line."""
    with TemporaryDirectory() as folder:
        keys = Path(folder)
        create_keys(keys, "shop.example", NOW)
        plain, signing = _letterhead(None), _letterhead(keys)
        _say("built, not signed (17 KB page)", _rate(lambda: plain.envelope(_message(1), "anna@customers.example")))
        _say("built, RSA and Ed25519", _rate(lambda: signing.envelope(_message(1), "anna@customers.example")))
        head, _, body = plain.envelope(_message(1), "anna@customers.example").content.partition(b"\r\n\r\n")
        for algorithm in ("rsa", "ed25519"):
            its = Signatures([key for key in signing_keys(keys, "shop.example") if key.algorithm == algorithm])
            _say(f"signatures {algorithm}", _rate(partial(its.headers, head + b"\r\n", body, 1)))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_dialogue(plain))


async def _dialogue(letterhead: Letterhead) -> None:
    mails = 2000
    content = letterhead.envelope(_message(1), "anna@customers.example").content
    mail = Envelope(sender="shop@shop.example", recipient="anna@customers.example", content=content)
    with smtp_sink() as sink:
        settings = EmailSettings(url=sink.url)
        ours = await connect(read_server(sink.url), settings)
        begun = time.process_time()
        for _ in range(mails):
            await ours.deliver(mail)
        _say("sent over one connection, as we do", mails / (time.process_time() - begun))
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=sink.port, start_tls=False) as client:
            begun = time.process_time()
            for _ in range(mails):
                await client.sendmail("shop@shop.example", ["anna@customers.example"], content)
            _say("sent over one connection, aiosmtplib", mails / (time.process_time() - begun))


def signatures_a_second() -> float:
    """Mails that one core signs with both keys and does nothing else."""
    with TemporaryDirectory() as folder:
        create_keys(Path(folder), "shop.example", NOW)
        head, _, body = _letterhead(None).envelope(_message(1), "anna@customers.example").content.partition(b"\r\n\r\n")
        both = Signatures(signing_keys(Path(folder), "shop.example"))
        return _rate(partial(both.headers, head + b"\r\n", body, 1))


def _letterhead(keys: Path | None) -> Letterhead:
    return Letterhead("Shop", "shop@shop.example", Keyring(keys), MARKER, "bounce.shop.example")


def _message(number: int) -> Outgoing:
    return Outgoing(
        id=number, workspace_id=1, address="anna@customers.example", subject="Your cart", text="Hello " * 50, html=PAGE,
        unsubscribe_url="https://shop.example/u/token", at=NOW, topic="news", marketing=True,
    )  # fmt: skip


def _rate(act: Callable[[], object], seconds: float = 1.5) -> float:
    act()
    begun, times = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        act()
        times += 1
    return times / spent


def _say(what: str, rate: float) -> None:
    print(f"{what:<50} {rate:>9,.0f}/s  {1e6 / rate:>7,.0f} µs")


if __name__ == "__main__":
    main()
