"""What a send added: those it was meant for beside those kept out by lot."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("send.sql"))
_Z = 1.959964  # 95 % of a normal distribution lie within so many standard errors


class Group(Struct, frozen=True, kw_only=True):
    """One side of the comparison; revenue in minor units, net of what was taken back."""

    people: int
    buyers: int
    orders: int
    revenue: int


class Effect(Struct, frozen=True, kw_only=True):
    """The difference that the message made, in minor units for each person, with its 95 % interval.

    The difference of two means with the standard error of Welch (1947); `added` is it times the people treated. It is
    looked at once, after the window; looking every day makes chance findings likelier than five in a hundred.
    """

    treated: Group
    control: Group
    per_person: float
    low: float
    high: float
    added: float
    days: float


class _Side(Group, frozen=True, kw_only=True):
    control: bool
    variance: float


def effect(tx: Transaction, workspace: Workspace, send_id: int, window: timedelta) -> Effect | None:
    """What people bought within this time; None without a control group."""
    sides = {
        side.control: side
        for side in _queries.rows(
            tx,
            "effect",
            _Side,
            workspace_id=workspace.id,
            send_id=send_id,
            seconds=window.total_seconds(),
            currency=workspace.currency,
        )
    }
    treated, control = sides.get(False), sides.get(True)
    if treated is None or control is None:
        return None
    difference = treated.revenue / treated.people - control.revenue / control.people
    error = sqrt(treated.variance / treated.people + control.variance / control.people)
    return Effect(
        treated=_group(treated),
        control=_group(control),
        per_person=difference,
        low=difference - _Z * error,
        high=difference + _Z * error,
        added=difference * treated.people,
        days=window / timedelta(days=1),
    )


def _group(side: _Side) -> Group:
    return Group(people=side.people, buyers=side.buyers, orders=side.orders, revenue=side.revenue)
