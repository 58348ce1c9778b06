"""Two recipients of a campaign who turned out to be one person on the way: one message is enough for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hourglass.messages.candidates.answer import Withheld
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.outbox.claim import Lane
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("twins.sql"))


def withhold_twins(tx: Transaction, candidates: Sequence[Candidate]) -> None:
    """Asked only about those whose person is another one than when the message was made: hardly anybody."""
    moved = [
        one
        for one in candidates
        if one.claim.lane is Lane.CAMPAIGN and one.person is not None and one.person.id != one.claim.profile_id
    ]
    if not moved:
        return
    twins = _queries.tuples(
        tx,
        "twins",
        workspace_ids=[one.claim.workspace_id for one in moved],
        ids=[one.claim.id for one in moved],
        people=[one.person.id if one.person else 0 for one in moved],
    )
    ids = {row[0] for row in twins}
    for one in moved:
        if one.claim.id in ids and one.objection is None:
            one.objection = Withheld(reason="same_person")
