"""People over HTTP: find, look at, export, erase; decide who is one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation
from msgspec import Struct

from hourglass.kernel import Clock, Malformed, Workspace
from hourglass.postgres import Transaction
from hourglass.profiles.erase import erase
from hourglass.profiles.export import export
from hourglass.profiles.merge import Review, merge, reject, reviews, unmerge
from hourglass.profiles.person import Person, look
from hourglass.profiles.regroup import Regrouped
from hourglass.profiles.search import Page, search
from hourglass.profiles.timeline import Timeline, timeline

Follow = Callable[[Transaction, Workspace, Regrouped, datetime], None]
"""What later stages keep per person goes along when people are merged by hand; the composition root provides it."""


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody decided about two people."""

    decision: Literal["merge", "reject"]


class PairOf(Struct, frozen=True, kw_only=True):
    """The identities that stand for two people."""

    low: int
    high: int


class PeopleController(Controller):
    """`/api/people`."""

    path = "/api/people"
    tags = ("people",)

    @get("/", sync_to_thread=True)
    def all_of_them(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        text: Annotated[str, QueryParameter(name="search")] = "",
        cursor: FromQuery[str | None] = None,
    ) -> Page:
        """A page of people, those seen last first."""
        return search(tx, workspace, text, cursor)

    @get("/{person_id:int}", sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], person_id: FromPath[int]) -> Person:
        """Everything about one person."""
        return look(tx, workspace, person_id)

    @get("/{person_id:int}/timeline", sync_to_thread=True)
    def life(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        person_id: FromPath[int],
        before: FromQuery[str | None] = None,
    ) -> Timeline:
        """What happened to one person, newest first."""
        return timeline(tx, workspace.id, person_id, before)

    @get("/{person_id:int}/export", sync_to_thread=True)
    def copy(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], person_id: FromPath[int]
    ) -> dict[str, Any]:
        """A copy of everything that is known, for the person."""
        return export(tx, workspace, person_id, clock.now())

    @post("/{person_id:int}/erase", status_code=200, sync_to_thread=True)
    def forget(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], person_id: FromPath[int]
    ) -> dict[str, bool]:
        """Remove a person; the lake follows within a minute or so."""
        erase(tx, workspace.id, person_id, clock.now())
        return {"erased": True}


class MergesController(Controller):
    """`/api/merge-reviews` and `/api/merges`."""

    path = "/api"
    tags = ("people",)

    @get("/merge-reviews", sync_to_thread=True)
    def waiting(self, tx: Given[Transaction], workspace: Given[Workspace]) -> dict[str, list[Review]]:
        """Pairs of known people who may be one."""
        return {"reviews": reviews(tx, workspace)}

    @post("/merge-reviews/{pair:str}", status_code=200, sync_to_thread=True)
    def decide(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        pair: FromPath[str],
        data: JSONBody[Decision],
        follow: Given[SkipValidation[Follow | None]] = None,
    ) -> dict[str, bool]:
        """They are one person, or they are two."""
        low, high = _ends(pair)
        act = merge if data.decision == "merge" else reject
        now = clock.now()
        regrouped = act(tx, workspace.id, low, high, actor_name, now)
        if follow is not None:
            follow(tx, workspace, regrouped, now)
        return {"done": True}

    @post("/merges/undo", status_code=200, sync_to_thread=True)
    def undo(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        data: JSONBody[PairOf],
        follow: Given[SkipValidation[Follow | None]] = None,
    ) -> dict[str, bool]:
        """Take a merge back."""
        now = clock.now()
        regrouped = unmerge(tx, workspace.id, data.low, data.high, actor_name, now)
        if follow is not None:
            follow(tx, workspace, regrouped, now)
        return {"done": True}


def _ends(pair: str) -> tuple[int, int]:
    low, _, high = pair.partition("-")
    if not (low.isdecimal() and high.isdecimal()):
        raise Malformed("A pair is two numbers with a dash between them, like 12-34.", path="pair")
    return int(low), int(high)
