"""People let in because they came into a segment, or left it, in this tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from hourglass.audience import Moved
from hourglass.history import Batch
from hourglass.journeys.entries.queue import Entrant, position, put
from hourglass.journeys.registry import Listening
from hourglass.journeys.ways.way import OnSegment
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction


def by_segment(
    tx: Transaction, workspace: Workspace, batch: Batch, listening: Listening, moved: Sequence[Moved], now: datetime
) -> None:
    """Queue everybody whose move a live journey waits for."""
    if not listening.segments or not any(one.entered.height or one.left.height for one in moved):
        return
    known = position(tx)
    seqs = dict(sorted(zip(batch.profile_ids, batch.seqs, strict=True), key=lambda pair: pair[1]))
    for on in ("entered", "left"):
        pairs = pl.concat([one.entered if on == "entered" else one.left for one in moved]).unique()
        for segment_id, standings in listening.segments.items():
            people = sorted(pairs.filter(pl.col("segment_id") == segment_id)["profile_id"].to_list())
            for standing in standings:
                way = standing.journey.entry.way
                if people and isinstance(way, OnSegment) and way.on == on:
                    facts = _facts(way, now)
                    come = [Entrant(profile_id=one, at=now, seq=seqs.get(one, known), facts=facts) for one in people]
                    put(tx, workspace.id, standing.id, standing.journey.entry.pace, come, "segment", now)


def _facts(way: OnSegment, now: datetime) -> dict[str, object]:
    name = "Segment Entered" if way.on == "entered" else "Segment Left"
    return {"event": name, "at": now.isoformat(), "message_id": None, "properties": {"segment": way.segment}}
