"""The whole way round: sent and signed, bounced, read, told, suppressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dkim
import pytest

from hourglass.channels import create_keys, signing_keys
from hourglass.events import decode, envelope
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import apply_feedback
from hourglass.messages.delivery.providers import open_senders
from hourglass.messages.returns.run import Taker
from tests.channels.contract import outgoing
from tests.channels.scripted_smtp import Script
from tests.messages.returns import letters
from tests.messages.shop import NOW, Shop

ANNA = "anna@customers.example"


class Nobody:
    profile_ids: tuple[int, ...] = ()


@pytest.fixture
def settings(tmp_path: Path, mta: Script) -> Settings:
    create_keys(tmp_path / "email", "shop.example", NOW)
    return Settings(
        data=tmp_path, smtp_url=f"smtp://127.0.0.1:{mta.port}", mail_from="Shop <news@shop.example>",
        return_domain="bounce.shop.example",
    )  # fmt: skip


async def test_a_bounce_comes_back_to_whom_it_belongs(shop: Shop, settings: Settings, mta: Script) -> None:
    id_ = shop.queue(shop.person(ANNA))
    sender = open_senders(settings)["email"]
    [receipt] = await sender.send([outgoing(ANNA, id_, at=NOW)])
    await sender.close()
    shop.run("UPDATE messages SET state = 'sent', sent_at = %(now)s, address = %(to)s, provider_id = %(provider)s"
             " WHERE id = %(id)s", now=NOW, to=ANNA, provider=receipt.provider_id, id=id_)  # fmt: skip
    [mail] = mta.mails
    assert isinstance(mail.content, bytes)
    records = {f"{key.record_name}.": key.record for key in signing_keys(settings.mail_folder(), "shop.example")}
    assert dkim.verify(mail.content, dnsfunc=lambda name, timeout=5: records[name.decode()].encode())

    return_path = str(mail.mail_from)
    bounce = letters.dsn(return_path.removeprefix("bounce+").partition("@")[0])
    assert Taker(shop.database, FixedClock(NOW), settings).take(bounce, [return_path])
    _process(shop)
    assert shop.run("SELECT channel, address, reason FROM suppressions") == [("email", ANNA, "bounced")]
    assert shop.message(id_)["bounced_at"] == NOW


def _process(shop: Shop) -> None:
    told: list[dict[str, Any]] = shop.events()
    bodies = [envelope("track", one) for one in told]
    events, dropped = decode(b"[" + b",".join(bodies) + b"]", NOW, NOW)
    assert not dropped
    with shop.database.transaction() as tx:
        apply_feedback(events, Nobody(), tx)
