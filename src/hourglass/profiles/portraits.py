"""What is known about people, as rows: traits of identities, and of profiles as the sum of their identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
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
    """How often and when a batch saw a person."""

    profile_id: int
    events: int
    first_at: datetime
    last_at: datetime


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


def refold(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Collection[int], region: str | None) -> None:
    """After identities moved: these people are again exactly what their identities were told."""
    if not profile_ids:
        return
    parts: defaultdict[int, list[Traits]] = defaultdict(list)
    for profile, values, times in _queries.tuples(tx, "parts", workspace_id=workspace_id, ids=sorted(profile_ids)):
        parts[profile].append(Traits(values=values, times=times))
    whole = {profile: fold(parts[profile]) for profile in sorted(profile_ids)}
    ids, traits, times = _columns(whole, list(whole))
    contacts = [contact(one.values, region) for one in whole.values()]
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


def count(
    tx: Transaction,
    workspace_id: WorkspaceId,
    visits: Sequence[Visits],
    told: Mapping[int, Traits],
    region: str | None,
) -> None:
    """Add a batch to the people it touched; `told` has the new traits of those who have any."""
    if not visits:
        return
    ids, counts, firsts, lasts = map(list, zip(*visits, strict=True))
    space = {"workspace_id": workspace_id, "ids": ids, "counts": counts, "firsts": firsts, "lasts": lasts}
    if not told:
        _queries.execute(tx, "count_only", **space)
        return
    contacts = [contact(told[one].values, region) if one in told else (None, None) for one in ids]
    _, traits, times = _columns(told, ids)
    emails, phones = map(list, zip(*contacts, strict=True))
    _queries.execute(tx, "count_events", **space, traits=traits, times=times, emails=emails, phones=phones)


def contact(values: Mapping[str, Any], region: str | None) -> tuple[str | None, str | None]:
    """E-mail address and phone number out of the traits, normalised; None where there is none that can be right."""
    email, phone = values.get("email"), values.get("phone")
    return (
        email_address(email) if isinstance(email, str) else None,
        phone_number(phone, region) if isinstance(phone, str | int) else None,
    )


def _columns(told: Mapping[int, Traits], ids: list[int]) -> tuple[list[int], list[str | None], list[str | None]]:
    traits = [_encode(told[one].values).decode() if one in told else None for one in ids]
    times = [_encode(told[one].times).decode() if one in told else None for one in ids]
    return ids, traits, times
