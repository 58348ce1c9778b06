"""Many people get the same: a campaign's messages enter the outbox part by part, stop together, go on together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.kernel import WorkspaceId
from hourglass.messages.outbox.outbox import MessageClass
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("mass.sql"))


class Mass(Struct, frozen=True, kw_only=True):
    """What everybody gets. `control`: how many of a hundred are kept out, to see what it adds.

    `step` is the place in the document that says it; `wording` replaces parts of the template.
    """

    workspace_id: WorkspaceId
    send_id: int
    campaign_id: int
    channel: str
    template: str
    topic: str
    message_class: MessageClass
    control: float = 0.0
    step: str = "send"
    wording: dict[str, Any] | None = None


def enqueue_mass(tx: Transaction, mass: Mass, people: Sequence[int], now: datetime, withheld: str | None = None) -> int:
    """Put a message for each of these people into the lane of campaigns; how many were new.

    A person enters once in a send, however many of these numbers are theirs by now. With `withheld` the messages are
    noted as not sent for this reason.
    """
    new = _queries.scalar(
        tx,
        "enqueue_mass",
        workspace_id=mass.workspace_id,
        send_id=mass.send_id,
        campaign_id=mass.campaign_id,
        channel=mass.channel,
        template=mass.template,
        topic=mass.topic,
        message_class=mass.message_class,
        control=mass.control,
        step=mass.step,
        facts=Jsonb({} if mass.wording is None else {"wording": mass.wording}),
        people=list(people),
        now=now,
        withheld=withheld,
    )
    _queries.tuples(tx, "notify_outbox")
    return int(new)


def waiting_of_send(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> int:
    """How many messages of a send have no final state yet."""
    return int(_queries.scalar(tx, "waiting_of_send", workspace_id=workspace_id, send_id=send_id))


def park(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> int:
    """Nothing more of this send leaves until it is unparked; how many messages wait."""
    parked = _queries.execute(tx, "park", workspace_id=workspace_id, send_id=send_id)
    _queries.tuples(tx, "notify_withheld")
    return parked


def unpark(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> int:
    """What was parked goes on."""
    going = _queries.execute(tx, "unpark", workspace_id=workspace_id, send_id=send_id)
    _queries.tuples(tx, "notify_outbox")
    return going


def withhold_send(tx: Transaction, workspace_id: WorkspaceId, send_id: int, reason: str) -> int:
    """Withhold what nobody handed over yet; where a worker is quicker, the truth wins. How many messages."""
    withheld = _queries.execute(tx, "withhold_send", workspace_id=workspace_id, send_id=send_id, reason=reason)
    _queries.tuples(tx, "notify_withheld")
    return withheld
