"""How a send went: what left and what people did with it, hour by hour at first, then day by day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from hourglass.campaigns.sends.sends import Send
from hourglass.kernel import Workspace
from hourglass.messages import SendMoment, send_course
from hourglass.postgres import Transaction

_HOURS = timedelta(days=2)
_WATCHED = timedelta(days=30)


class Course(Struct, frozen=True, kw_only=True):
    """The first days of a send: by the hour for two days, then by the day of the shop's clock, for thirty at most.

    Moments in which nothing happened are left out.
    """

    step: Literal["hour", "day"]
    moments: list[SendMoment]


def course_of(tx: Transaction, workspace: Workspace, one: Send, now: datetime) -> Course | None:
    """None before it began."""
    if one.started_at is None:
        return None
    step = "hour" if now - one.started_at <= _HOURS else "day"
    return Course(step=step, moments=send_course(tx, workspace, one.id, one.started_at + _WATCHED, step))
