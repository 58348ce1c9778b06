"""What is known about people, as rows: traits of identities, and of profiles as the sum of their identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.identifiers import email_address, phone_number
from hourglass.profiles.traits import Traits, fold

_queries = Queries(Path(__file__).with_name("portraits.sql"))
_encode = msgspec.json.Encoder().encode


class Visits(NamedTuple):
    """How often and when a batch saw each person, as columns; moments are microseconds since 1970."""

    profile_ids: list[int]
    counts: list[int]
    firsts: list[int]
    lasts: list[int]


def of_identities(tx: Transaction, workspace_id: WorkspaceId, ids: Collection[int]) -> dict[int, Traits]:
    """What was said under each identity; those under which nothing was said are absent."""
    rows = _queries.tuples(tx, "of_identities", workspace_id=workspace_id, ids=sorted(ids)) if ids else []
    return {one: Traits(values=values, times=times) for one, values, times in rows}


def of_profiles(tx: Transaction, workspace_id: WorkspaceId, ids: Collection[int]) -> dict[int, Traits]:
    """What is known about each of these people."""
    rows = _queries.tuples(tx, "of_profiles", workspace_id=workspace_id, ids=sorted(ids)) if ids else []
    return {one: Traits(values=values, times=times) for one, values, times in rows}


def write_identities(tx: Transaction, workspace_id: WorkspaceId, told: Mapping[int, Traits]) -> None:
    """Keep what was said under these identities."""
    if told:
        ids, traits, times = _columns(told, sorted(told))
        _queries.execute(tx, "write_identities", workspace_id=workspace_id, ids=ids, traits=traits, times=times)


def write_profiles(tx: Transaction, workspace_id: WorkspaceId, told: Mapping[int, Traits], region: str | None) -> None:
    """What is known about these people from now on, and how to reach them by it."""
    if not told:
        return
    ids, traits, times = _columns(told, sorted(told))
    contacts = [contact(told[one].values, region) for one in ids]
    _queries.execute(
        tx,
        "write_profiles",
        workspace_id=workspace_id,
        ids=ids,
        traits=traits,
        times=times,
        emails=[email for email, _ in contacts],
        phones=[phone for _, phone in contacts],
    )


def refold(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], region: str | None) -> None:
    """After identities moved: these people are again exactly what their identities were told."""
    parts: defaultdict[int, list[Traits]] = defaultdict(list)
    for profile, values, times in _queries.tuples(tx, "parts", workspace_id=workspace_id, ids=sorted(profile_ids)):
        parts[profile].append(Traits(values=values, times=times))
    write_profiles(tx, workspace_id, {profile: fold(parts[profile]) for profile in profile_ids}, region)


def count(tx: Transaction, workspace_id: WorkspaceId, visits: Visits) -> None:
    """Add a batch to the people it touched."""
    if visits.profile_ids:
        ids, counts, firsts, lasts = visits
        _queries.execute(tx, "count", workspace_id=workspace_id, ids=ids, counts=counts, firsts=firsts, lasts=lasts)


def contact(values: Mapping[str, Any], region: str | None) -> tuple[str | None, str | None]:
    """E-mail address and phone number out of the traits, normalised; None where there is none that can be right."""
    email, phone = values.get("email"), values.get("phone")
    return (
        email_address(email) if isinstance(email, str) else None,
        phone_number(phone, region) if isinstance(phone, str | int) else None,
    )


def _columns(told: Mapping[int, Traits], ids: list[int]) -> tuple[list[int], list[str], list[str]]:
    traits = [_encode(told[one].values).decode() for one in ids]
    times = [_encode(told[one].times).decode() for one in ids]
    return ids, traits, times
