"""What a journey names and nobody has made or sent: events, properties, segments, topics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from hourglass.audience import SEGMENT, InSegment
from hourglass.backtest.check.todo import Todo, todo
from hourglass.definitions import Document, live
from hourglass.journeys import Journey, leaves_in
from hourglass.kernel import WorkspaceId
from hourglass.messages import TOPIC
from hourglass.postgres import Transaction


def unknown(tx: Transaction, workspace_id: WorkspaceId, document: Document, told: Collection[str]) -> Iterator[Todo]:
    """Names that stand nowhere in the data. `told`: events of which something else is said."""
    if SEGMENT.doubts is None:
        return
    for doubt in SEGMENT.doubts(tx, workspace_id, document):
        if any(f"“{event}” has come" in doubt.message for event in told):
            continue
        names = ", ".join(f"«{name}»" for name in re.findall("“([^”]+)”", doubt.message)[-1:])
        near = f" Known: {', '.join(doubt.near)}." if doubt.near else ""
        near_ru = f" Похоже: {', '.join(doubt.near)}." if doubt.near else ""
        yield todo("should", "unknown_name", doubt.path, message=doubt.message, names=names, near=near, near_ru=near_ru)


def named(tx: Transaction, workspace_id: WorkspaceId, journey: Journey) -> Iterator[Todo]:
    """Segments that are not live, and a topic that is not among those that people may choose."""
    segments = {found.key for found in live(tx, workspace_id, SEGMENT.name)}
    if journey.entry.segment is not None and journey.entry.segment not in segments:
        yield todo("must", "segment_missing", "entry.segment", segment=journey.entry.segment)
    asked = {leaf.key for leaf in leaves_in(journey) if isinstance(leaf, InSegment)}
    for key in sorted(asked - segments):
        yield todo("should", "segment_unknown", "", segment=key)
    topics = {found.key for found in live(tx, workspace_id, TOPIC.name)}
    if topics and journey.message_class == "marketing" and journey.topic not in topics:
        yield todo("should", "topic_missing", "topic", topic=journey.topic, known=", ".join(sorted(topics)))
