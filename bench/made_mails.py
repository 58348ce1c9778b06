"""The limit of making: each mail filled in, signed and sent at once, facts in memory. Nothing is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.ready_mails import race, send_all
from bench.smtp_sink import Sink
from hourglass.channels import Outgoing, load_marker
from hourglass.kernel import Settings, SystemClock, calm_collector
from hourglass.messages import load_signer
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.candidates.facts import load
from hourglass.messages.content.library import Library
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.rendering.render import render
from hourglass.plugins.channels.email.dkim import Keyring
from hourglass.plugins.channels.email.letterhead import Letterhead
from hourglass.plugins.channels.email.settings import read_mailbox
from hourglass.postgres import Database

_PEOPLE = 5_000
"""Of one process: their facts fit into memory."""


class _Load(Struct, kw_only=True):
    port: int
    database: str
    data: str
    sender: str
    first: int
    template: str


def send_made(sink: Sink, settings: Settings, template: str, processes: int) -> float:
    """Mails a second, each to another person, made and sent by so many processes."""
    loads = [
        _Load(port=sink.port, database=settings.database_url, data=str(settings.data), sender=settings.mail_from,
              first=number * _PEOPLE + 1, template=template)
        for number in range(processes)
    ]  # fmt: skip
    return race("bench.made_mails", loads, processes * _PEOPLE)


def _made(asked: _Load) -> Iterator[bytes]:
    settings, now = Settings(data=Path(asked.data)), SystemClock().now()
    signer, base, folder = load_signer(settings.data), settings.base_url(), settings.mail_folder()
    letterhead = Letterhead(*read_mailbox(asked.sender), Keyring(folder), load_marker(folder), "")
    for one in _candidates(asked, now):
        message = render(one, signer, base, now)
        assert isinstance(message, Outgoing)
        yield letterhead.envelope(message, message.address).content


def _candidates(asked: _Load, now: datetime) -> list[Candidate]:
    claims = [_claim(number, asked.template, now) for number in range(asked.first, asked.first + _PEOPLE)]
    database = Database(asked.database)
    with database.transaction() as tx:
        found = load(tx, claims, Library(), {"email": "email"})
    database.close()
    return found


def _claim(number: int, template: str, now: datetime) -> Claim:
    return Claim(workspace_id=1, id=number, profile_id=number, channel="email", template=template, topic="news",
                 message_class="marketing", facts={}, created_at=now, attempts=1)  # fmt: skip


if __name__ == "__main__":
    told = msgspec.json.decode(sys.stdin.buffer.readline(), type=_Load)
    mails = _made(told)
    warm = next(mails)  # what is read once has been read: facts, template, keys
    calm_collector()
    send_all(told.port, chain([warm], mails))
