"""Whom a connector may be told of: those who said yes to it, by the identifiers that it can know them by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.connectors import Connector, Member
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current

_queries = Queries(Path(__file__).with_name("syncs.sql"))


class Due(Struct, frozen=True, kw_only=True):
    """One membership that is to be told."""

    workspace_id: WorkspaceId
    id: int
    connector: str
    audience: str
    profile_id: int
    added: bool
    tries: int


class Told(Struct, frozen=True, kw_only=True):
    """One membership: whom to tell of, or why nobody is told."""

    due: Due
    member: Member | None = None
    refused: str | None = None


class _Person(Struct, frozen=True, kw_only=True):
    asked: int
    id: int
    email: str | None
    phone: str | None
    user_id: str | None


def who_may_be_told(tx: Transaction, workspace_id: WorkspaceId, connector: Connector, due: Sequence[Due]) -> list[Told]:
    """In the order asked. Consent is asked of those who are added; whoever is taken out needs none."""
    ids = sorted({one.profile_id for one in due})
    people = {one.asked: one for one in _queries.rows(tx, "people", _Person, workspace_id=workspace_id, ids=ids)}
    willing = _willing(tx, workspace_id, connector, {one.id for one in people.values()})
    return [_told(one, people.get(one.profile_id), connector, willing) for one in due]


def _told(one: Due, person: _Person | None, connector: Connector, willing: Collection[int]) -> Told:
    if person is None:
        return Told(due=one, refused="no_person")
    if one.added and person.id not in willing:
        return Told(due=one, refused="no_consent")
    known = {name: getattr(person, name) for name in connector.manifest.knows_by}
    if not any(known.values()):
        return Told(due=one, refused="address_missing")
    return Told(due=one, member=Member(**known))


def _willing(tx: Transaction, workspace_id: WorkspaceId, connector: Connector, people: Collection[int]) -> set[int]:
    """Those whose last word on the topic, or on all topics of the channel, is yes."""
    last: dict[int, tuple[datetime, bool]] = {}
    for said in current(tx, workspace_id, people):
        if said.channel == connector.channel and said.topic in (connector.topic, EVERY_TOPIC):
            word = (said.at, not said.granted)
            last[said.profile_id] = max(last.get(said.profile_id, word), word)
    return {profile_id for profile_id, (_, refused) in last.items() if not refused}
