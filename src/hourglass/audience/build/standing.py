"""Which segments are built, and the notes that ticks and a build leave each other.

Why the members are exact once a segment counts as built. A build says in a committed note that it goes on, waits until
every transaction that had written before is over, and only then looks at the lake and at people. So a tick is of one of
two kinds. Either it was over by then: the build sees what it did. Or it took its first lock later (a tick writes before
it reads the definitions: it claims its events, or whoever is due) and saw the note: then it writes down everybody whom
it asked. Whoever is written down when a segment is published is answered from the hot history and not from the lake;
whoever is written down by a tick that had not committed at that moment is looked at once more by a later tick. Nobody
else had news, and the passing of time is in the plan of rechecks, which is made before a segment is published.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.audience.live.segments import LiveSegments
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("build.sql"))


class Ready(Struct, frozen=True, kw_only=True):
    """The segments whose members answer the version in force, and whether others are being built right now."""

    keys: frozenset[str]
    building: bool


def ready(tx: Transaction, workspace_id: WorkspaceId, segments: LiveSegments) -> Ready:
    """How things stand; segments that are no longer in force are forgotten with their members."""
    rows = _queries.tuples(tx, "standing", workspace_id=workspace_id)
    if {row[0] for row in rows} - set(segments.ids.values()):
        _queries.execute(tx, "forget", workspace_id=workspace_id, ids=list(segments.ids.values()))
    built = {id_: version for id_, version, _ in rows}
    keys = {key for key, id_ in segments.ids.items() if built.get(id_) == segments.versions[key]}
    return Ready(keys=frozenset(keys), building=any(state == "building" for _, _, state in rows))


def note_asked(tx: Transaction, workspace_id: WorkspaceId, people: Collection[int]) -> None:
    """Told by a tick while something is built."""
    if people:
        _queries.execute(tx, "note_asked", workspace_id=workspace_id, people=sorted(people))


def ask_again(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> bool:
    """Put everybody who was asked during a build among those who are due; whether there was somebody."""
    if not _queries.scalar(tx, "anything_asked", workspace_id=workspace_id):
        return False
    return bool(_queries.execute(tx, "ask_again", workspace_id=workspace_id, now=now))
