"""Whom identifiers from a file or a request mean: many at once, and of those who are nobody, why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec import Struct, structs

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.graph import find, phone_region
from hourglass.profiles.identifiers import EMAIL, PHONE, Identifier, clean, email_address, is_junk, phone_number

_queries = Queries(Path(__file__).with_name("match.sql"))


class Match(Struct, frozen=True, kw_only=True):
    """One identifier as it was written, and whom it means."""

    value: str | None
    """As we keep it; None: it cannot be an identifier of its kind."""
    identity_id: int | None = None
    profile_id: int | None = None


def match(
    tx: Transaction, workspace_id: WorkspaceId, asked: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Match]:
    """(kind, text as written) → whom it means, for all of them; two queries per kind at most.

    What is found as it stands is right as it stands: only the rest is worth a close look.
    """
    plain = {one: Identifier(one[0], _plainly(*one)) for one in set(asked)}
    found = find(tx, workspace_id, set(plain.values()))
    answers = {
        one: Match(value=name.value, identity_id=found[name].id, profile_id=found[name].profile_id)
        for one, name in plain.items()
        if name in found
    }
    rest = plain.keys() - answers.keys()
    return answers | _looked_at(tx, workspace_id, rest) if rest else answers


def anchored(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Number of a profile → (identity that stands for the person, the person they are now); unknown ones are left out.

    The identity is the strongest kind, then the oldest.
    """
    rows = _queries.tuples(tx, "anchored", workspace_id=workspace_id, ids=sorted(set(profile_ids)))
    return {asked: (identity, profile) for asked, identity, profile in rows}


def _plainly(kind: str, text: str) -> str:
    """Cheap, and the normal form of nearly everything that is right."""
    text = text.replace("\0", "").strip()
    return text.lower() if kind == EMAIL else text


def _looked_at(
    tx: Transaction, workspace_id: WorkspaceId, asked: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Match]:
    region = phone_region(tx, workspace_id) if any(kind == PHONE for kind, _ in asked) else None
    normal = {one: Match(value=_normal(*one, region)) for one in asked}
    again = {one: Identifier(one[0], it.value) for one, it in normal.items() if it.value and it.value != _plainly(*one)}
    if not again:
        return normal
    found = find(tx, workspace_id, set(again.values()))
    return normal | {
        one: structs.replace(normal[one], identity_id=found[name].id, profile_id=found[name].profile_id)
        for one, name in again.items()
        if name in found
    }


def _normal(kind: str, text: str, region: str | None) -> str | None:
    if kind == EMAIL:
        return email_address(text)
    if kind == PHONE:
        return phone_number(text, region)
    value = clean(text)
    return None if value is None or is_junk(value) else value
