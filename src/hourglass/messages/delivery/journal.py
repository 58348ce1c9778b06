"""A delivery worker's own notes on disk: which messages it began to hand over, and what the provider answered.

A note costs a microsecond, a commit a thousand times that. After a SIGKILL the notes outlive the process (the page
cache keeps them), so a worker that starts next knows exactly: never begun → send again; answered → record; begun and
not answered → unknown. After a crash of the machine the notes may have holes: what they do not mention is unknown, too.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

from hourglass.channels import Fate, Outcome, Receipt

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_LARGE = 32 * 1024 * 1024  # of 150,000 mails: to clear it, everybody waits until nothing is in hand


class _Head(Struct, frozen=True, tag="worker"):
    worker: UUID
    boot: str


class _Begun(Struct, frozen=True, tag="begun"):
    ids: list[int]
    fate: Fate = "leave"


class _Answered(Struct, frozen=True, tag="answered"):
    id: int
    outcome: Outcome
    provider_id: str | None
    detail: str
    invalid_address: bool
    mailbox_full: bool = False


_line = msgspec.json.Decoder(_Head | _Begun | _Answered)


class Notes(Struct, kw_only=True):
    """What a journal says about the messages of its worker."""

    worker: UUID
    complete: bool
    """False after a crash of the machine, or where that cannot be told: something may be missing."""
    begun: dict[int, Fate]
    """With what becomes of each when no answer came."""
    answered: dict[int, Receipt]


class Journal:
    """The notes of one living worker, locked as long as it lives."""

    def __init__(self, folder: Path, worker: UUID) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{worker}.journal"
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        self._size = 0
        self._write(_Head(worker, _boot()))
        self._start = self._size
        os.fsync(self._handle)

    @property
    def large(self) -> bool:
        """Time to clear it, at the next moment when nothing is under way."""
        return self._size > _LARGE

    def begin(self, ids: list[int], fate: Fate = "leave") -> None:
        """These messages are about to be handed over. Raises OSError when that cannot be noted: then they must not."""
        self._write(_Begun(ids, fate))

    def answer(self, ids: Iterable[int], receipts: Sequence[Receipt]) -> None:
        """This is what the provider said. On a full disk it goes unnoted; PostgreSQL will be told all the same."""
        for id_, one in zip(ids, receipts, strict=True):
            with suppress(OSError):
                self._write(_answered(id_, one))

    def clear(self) -> None:
        """Forget everything; only when each answer was recorded."""
        os.ftruncate(self._handle, self._start)
        self._size = self._start

    def remove(self) -> None:
        """The worker ends in order."""
        self._path.unlink(missing_ok=True)
        os.close(self._handle)

    def _write(self, note: Struct) -> None:
        line = msgspec.json.encode(note) + b"\n"
        written = os.write(self._handle, line)
        if written < len(line):
            os.ftruncate(self._handle, self._size)  # half a line would make the next one unreadable
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(self._path))
        self._size += written


def living(folder: Path) -> list[UUID]:
    """Workers whose journal is locked: they are alive."""
    return [UUID(path.stem) for path in sorted(folder.glob("*.journal")) if not _orphaned(path)]


def orphans(folder: Path) -> Iterator[tuple[Path, Notes]]:
    """Journals whose worker is dead. Each is locked meanwhile, so that two never settle the same."""
    for path in sorted(folder.glob("*.journal")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if octets := file.read():  # an empty one is being begun at this moment
                    yield path, _read(octets, UUID(path.stem))
        except (BlockingIOError, FileNotFoundError):
            continue  # alive, or settled by somebody else


def _orphaned(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return True
    return True


def _read(octets: bytes, worker: UUID) -> Notes:
    notes = Notes(worker=worker, complete=False, begun={}, answered={})
    for line in octets.split(b"\n"):
        try:
            note = _line.decode(line)
        except msgspec.DecodeError:
            continue  # the last one, cut off: what it would have told had not begun
        if isinstance(note, _Head):
            notes.complete = bool(note.boot) and note.boot == _boot()
        elif isinstance(note, _Begun):
            notes.begun |= dict.fromkeys(note.ids, note.fate)
            for id_ in note.ids:  # an answer to an earlier attempt says nothing about this one
                notes.answered.pop(id_, None)
        else:
            notes.answered[note.id] = Receipt(
                outcome=note.outcome,
                provider_id=note.provider_id,
                detail=note.detail,
                invalid_address=note.invalid_address,
                mailbox_full=note.mailbox_full,
            )
    return notes


def _answered(id_: int, one: Receipt) -> _Answered:
    return _Answered(id_, one.outcome, one.provider_id, one.detail, one.invalid_address, one.mailbox_full)


def _boot() -> str:
    """Changes when the machine starts anew; empty where nobody says."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""
