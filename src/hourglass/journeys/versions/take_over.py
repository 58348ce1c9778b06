"""Takes the people inside one version of a journey over into another one, by a stated mapping, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.definitions import at_versions, find
from hourglass.journeys.program import Node, Program, compile_steps
from hourglass.journeys.versions.inside import inside
from hourglass.journeys.versions.mapping import STAY, Going, How, Plan, Waits, going, loops
from hourglass.kernel import Malformed, NotFound, RunId, WorkspaceId
from hourglass.log import wake
from hourglass.messages import cancel
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("versions.sql"))
_KIND = "journey"


class TakeOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"old": "from", "new": "to"}):
    """From one version to another, the newest unless it says so. Steps by `id` or path.

    `map`: where those go who wait at a step; others go to the step that is the same, and who has none does what `rest`
    says: stay, leave, or a step. `waits`: keep the due time, or begin the step anew. `preview`: only tell.
    """

    old: int
    new: int | None = None
    map: dict[str, str] = {}
    rest: str = STAY
    waits: Waits = "keep"
    preview: bool = True


class StepPeople(Struct, frozen=True, kw_only=True):
    """Those who wait at one step: how many, and what becomes of them."""

    step: str
    id: str | None
    summary: str
    people: int
    how: How
    to: str | None


class TakenOver(Struct, frozen=True, kw_only=True, rename={"old": "from", "new": "to"}):
    """What was done, or with `preview` what would be: people by step, and altogether."""

    old: int
    new: int
    preview: bool
    steps: list[StepPeople]
    moved: int
    stayed: int
    left: int


def take_over(
    tx: Transaction, workspace_id: WorkspaceId, key: str, wish: TakeOver, author: str, now: datetime
) -> TakenOver:
    """Tell who would go where, and do it unless it is a preview. Raises NotFound, Malformed with the place."""
    found = find(tx, workspace_id, _KIND, key)
    target = found.version if wish.new is None else wish.new
    old, new = _programs(tx, workspace_id, found.id, wish.old, target)
    ways = going(Plan(steps=wish.map, rest=wish.rest, waits=wish.waits), old, new)
    people = inside(tx, workspace_id, found.id).get(wish.old, {})
    if not wish.preview:
        place = {"workspace_id": workspace_id, "journey_id": found.id, "old": wish.old, "author": author, "now": now}
        _move(tx, place, target, ways, old, new, anew=wish.waits == "anew")
        _let_go(tx, workspace_id, place, ways)
        wake(tx)
    return _told(wish, target, people, ways, old)


def _programs(
    tx: Transaction, workspace_id: WorkspaceId, journey_id: int, old: int, new: int
) -> tuple[Program, Program]:
    if old == new:
        raise Malformed(f"They are in version {new} already; say another one.", path="to")
    bodies = at_versions(tx, workspace_id, {(journey_id, old), (journey_id, new)})
    for version in (old, new):
        if (journey_id, version) not in bodies:
            raise NotFound(f"This journey has no version {version}.")
    return compile_steps(bodies[journey_id, old]["steps"]), compile_steps(bodies[journey_id, new]["steps"])


def _move(
    tx: Transaction, place: Mapping[str, object], target: int, ways: Mapping[str, Going], old: Program, new: Program,
    *, anew: bool,
) -> None:  # fmt: skip
    moving = {path: one for path, one in ways.items() if one.to is not None}
    looped = list(loops(old, new))
    _queries.execute(
        tx,
        "take_over",
        **place,
        new=target,
        anew=anew,
        steps=list(moving),
        goes=[one.to for one in moving.values()],
        hows=[one.how for one in moving.values()],
        shifts=[one.shift for one in moving.values()],
        paths=list(new.nodes),
        agains=[node.again for node in new.nodes.values()],
        looped=[path for path, _ in looped],
        goes_on=[path for _, path in looped],
    )


def _let_go(tx: Transaction, workspace_id: WorkspaceId, place: Mapping[str, object], ways: Mapping[str, Going]) -> None:
    steps = [path for path, one in ways.items() if one.how == "leaves"]
    gone = _queries.tuples(tx, "let_go", **place, steps=steps) if steps else []
    cancel(tx, workspace_id, [RunId(row[0]) for row in gone], "journey_exited")


def _told(wish: TakeOver, target: int, people: Mapping[str, int], ways: Mapping[str, Going], old: Program) -> TakenOver:
    steps = [_line(old.nodes[path], count, ways[path]) for path, count in people.items()]
    counts = Counter[How]()
    for one in steps:
        counts[one.how] += one.people
    return TakenOver(
        old=wish.old,
        new=target,
        preview=wish.preview,
        steps=steps,
        moved=counts["waits_on"] + counts["begins"],
        stayed=counts["stays"],
        left=counts["leaves"],
    )


def _line(node: Node, people: int, way: Going) -> StepPeople:
    summary = f"{node.kind} {node.step.summary()}"
    return StepPeople(step=node.path, id=node.id, summary=summary, people=people, how=way.how, to=way.to)
