"""Judges each life by itself, by what stands in the database when it is over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from hourglass.journeys import Journey, read_journey
from tests.journeys.lives.life import Life
from tests.journeys.lives.owed import Call, entries_owed, missing, over
from tests.journeys.lives.world import World
from tests.journeys.walked import Walked, check

Rows = Callable[..., list[tuple[Any, ...]]]
"""Answers a query."""
_OF = "split_part(d.key, '-', 2)::int"


class Run(Struct, frozen=True, kw_only=True):
    """A run, and its journey by version."""

    id: int
    key: str
    message_id: str | None
    walked: Walked
    versions: Mapping[int, Journey]


def judge(world: World) -> dict[int, str]:
    """What is wrong, by the number of the life."""
    wrong = dict(world.wrong)
    runs = runs_of(world.rows)
    messages, events = messages_of(world.rows), _events(world)
    for number, life in world.lives.items():
        try:
            _judge(life, runs[number], messages, world.calls[number])
            if not life.does("erase"):
                emitted = sum(
                    note[1:3] == ("did", {"effect": "emit"}) for run in runs[number] for note in run.walked.notes
                )
                said = sum(call.event.startswith(("Came ", "Nodded ", "Told ")) for call in world.calls[number])
                assert events[number] == said + emitted, f"{events[number]} events: {said} said, {emitted} emitted"
        except AssertionError as error:
            wrong.setdefault(number, str(error))
    return wrong


def _judge(life: Life, runs: list[Run], messages: Counter[int], calls: list[Call]) -> None:
    for run in runs:
        check(run.walked, run.versions)
        queued = sum(note[1] == "queued" for note in run.walked.notes)
        assert messages[run.id] == queued, f"its messages are not those of its steps: {run.walked}"
    entries = Counter((run.key, run.message_id) for run in runs if run.message_id is not None)
    twice = [entry for entry, times in entries.items() if times > 1]
    assert not twice, f"one call let somebody in twice: {twice}"
    left_out = missing(entries_owed(life, calls), {run.message_id for run in runs})
    assert not left_out, f"nobody was let in by {left_out}"
    late = [run.id for run in runs if run.walked.state == "waiting" and over(life, calls, run.message_id)]
    assert not late, f"an order ended none of {late}"


def runs_of(rows: Rows) -> dict[int, list[Run]]:
    """Every run with what it noted, by the number at the end of its journey's key."""
    journeys: dict[int, dict[int, Journey]] = defaultdict(dict)
    for id_, version, body in rows(
        "SELECT d.id, v.version, v.body FROM definitions d "
        "JOIN definition_versions v USING (workspace_id, kind, key) WHERE d.kind = 'journey'"
    ):
        journeys[id_][version] = read_journey(body)
    found: dict[int, list[Run]] = defaultdict(list)
    for number, id_, key, journey, version, step, state, reason, message_id, notes in rows(
        f"SELECT {_OF}, r.id, d.key, r.journey_id, r.version, r.step, r.state, r.end_reason, "
        "r.entry ->> 'message_id', ARRAY(SELECT jsonb_build_array(s.step, s.outcome, s.detail, s.at) "
        "FROM run_steps s WHERE s.run_id = r.id ORDER BY s.place) "
        "FROM journey_runs r JOIN definitions d ON d.id = r.journey_id ORDER BY r.id"
    ):
        walked = Walked(version=version, step=step, state=state, reason=reason, notes=[tuple(note) for note in notes])
        run = Run(id=id_, key=key, message_id=message_id, walked=walked, versions=journeys[journey])
        found[number].append(run)
    return found


def messages_of(rows: Rows) -> Counter[int]:
    """How many messages each run has."""
    return Counter(dict(rows("SELECT run_id, count(*) FROM messages GROUP BY 1")))


def _events(world: World) -> Counter[int]:
    """How many events of its own names each life has."""
    return Counter(
        dict(
            world.rows(
                "SELECT split_part(n.name, ' ', 2)::int, count(*) FROM events e "
                "JOIN event_names n ON n.id = e.name_id WHERE n.name ~ '^(Came|Nodded|Told) ' GROUP BY 1"
            )
        )
    )
