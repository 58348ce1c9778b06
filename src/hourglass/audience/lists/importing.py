"""Importing a file into a list: set-based, a block of lines at a time, so that memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import BinaryIO, NamedTuple

from msgspec import Struct, field

from hourglass.audience.lists.change import ListChange, OpenChange, open_change
from hourglass.audience.lists.columns import PROFILE
from hourglass.audience.lists.contacts import Contacts
from hourglass.audience.lists.lines import Line, Sheet, read_lines
from hourglass.audience.lists.members import why
from hourglass.audience.lists.reasons import Miss, miss
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import Match, anchored, match

_BLOCK = 10_000


class ImportReport(Struct, kw_only=True):
    """What became of a file; lines that were found, missed or make a contact add up to `lines`."""

    sheet: Sheet
    change: ListChange
    lines: int = 0
    found: int = 0
    """Lines that name somebody we know."""
    entered: int = 0
    """People who were not on the list before."""
    created: int = 0
    """Contacts that are being made: on the list once their events are processed."""
    missed: int = 0
    reasons: dict[str, int] = field(default_factory=dict[str, int])
    """Reason → lines."""


class _Verdict(NamedTuple):
    """An identity to put on the list, names of a contact to make, or a reason."""

    identity: int | None = None
    names: tuple[tuple[str, str], ...] = ()
    reason: str | None = None


def import_list(
    tx: Transaction,
    workspace_id: WorkspaceId,
    key: str,
    file: BinaryIO,
    *,
    columns: Mapping[str, str],
    create: bool,
    source: str,
    author: str,
    now: datetime,
    partitions: int,
    refuse: Callable[[Miss], None],
) -> ImportReport:
    """Put everybody a file names on a list: all of it or, when it raises (Malformed, NotFound, Conflict), nothing.

    `columns`: see read_lines. `create`: who is nobody yet becomes a contact, by events in the log; never a consent.
    `refuse` is told each line that was not matched.
    """
    sheet, lines = read_lines(file, columns)
    change = open_change(tx, workspace_id, key, "import", author=author, source=source, now=now)
    contacts = Contacts(tx, workspace_id, change, now, partitions)
    counted = ImportReport(sheet=sheet, change=change.change)
    while block := list(islice(lines, _BLOCK)):
        counted.lines += len(block)
        for line, reason in _take(tx, workspace_id, block, change, contacts if create else None):
            counted.missed += 1
            counted.reasons[reason] = counted.reasons.get(reason, 0) + 1
            refuse(miss(line.number, reason, line.text))
    counted.created = contacts.made
    counted.found = counted.lines - counted.missed - counted.created
    counted.change = change.close()
    counted.entered = change.entered
    return counted


def _take(
    tx: Transaction, workspace_id: WorkspaceId, block: Sequence[Line], change: OpenChange, contacts: Contacts | None
) -> Iterator[tuple[Line, str]]:
    """Put a block on the list; the lines that were not matched, with the reason."""
    answers = _answers(tx, workspace_id, block)
    identities: list[int] = []
    for line in block:
        verdict = _judge(line, answers)
        if verdict.identity is not None:
            identities.append(verdict.identity)
        elif contacts is None or not verdict.names:
            yield line, verdict.reason or "unknown"
        elif (reason := contacts.make(verdict.names, line.traits)) is not None:
            yield line, reason
    change.put(identities)
    if contacts is not None:
        contacts.send()


def _answers(tx: Transaction, workspace_id: WorkspaceId, block: Sequence[Line]) -> dict[tuple[str, str], Match]:
    asked = {name for line in block for name in line.names}
    numbers = {int(text): (kind, text) for kind, text in asked if kind == PROFILE and _is_number(text)}
    answers = match(tx, workspace_id, [name for name in asked if name[0] != PROFILE])
    if numbers:
        for number, (identity, profile) in anchored(tx, workspace_id, numbers).items():
            name = numbers[number]
            answers[name] = Match(value=name[1], identity_id=identity, profile_id=profile)
    return answers


def _judge(line: Line, answers: Mapping[tuple[str, str], Match]) -> _Verdict:
    if line.problem:
        return _Verdict(reason=line.problem)
    found = [(name, answers.get(name)) for name in line.names]
    known = [answer for _, answer in found if answer is not None and answer.identity_id is not None]
    if len({answer.profile_id for answer in known}) > 1:
        return _Verdict(reason="two_people")
    if known:
        return _Verdict(identity=known[0].identity_id)
    if line.names[0][0] == PROFILE:
        return _Verdict(reason="no_such_person")
    reasons = [why(*name, answer) for name, answer in found if answer is not None]
    names = tuple((name[0], answer.value) for name, answer in found if answer is not None and answer.value)
    return _Verdict(names=names, reason=next((one for one in reasons if one != "unknown"), "unknown"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
