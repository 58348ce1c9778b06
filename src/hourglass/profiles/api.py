"""People over HTTP: find, look at, export, erase; decide who is one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from litestar import Controller, get, post
from litestar.di import NamedDependency as Given
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation
from msgspec import Meta, Struct

from hourglass.kernel import Clock, Malformed, Permission, Workspace
from hourglass.postgres import Transaction
from hourglass.profiles.confirmation import Request, hold_back, requests_of
from hourglass.profiles.consent import MARKETING, Answer, Consent, Line, Proof, append, current, ledger, strongest
from hourglass.profiles.erase import erase
from hourglass.profiles.export import export
from hourglass.profiles.merge import Review, merge, reject, reviews, unmerge
from hourglass.profiles.person import Person, find_profile, look
from hourglass.profiles.regroup import Regrouped
from hourglass.profiles.search import Page, search
from hourglass.profiles.timeline import Timeline, timeline

Follow = Callable[[Transaction, Workspace, Regrouped, datetime], None]
"""What later stages keep per person goes along when people are merged by hand; the composition root provides it."""


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody decided about two people."""

    decision: Literal["merge", "reject"]


Word = Annotated[str, Meta(min_length=1, max_length=100)]


class Consents(Struct, frozen=True, kw_only=True):
    """What a person agrees to now, everything they ever answered with its proof, and what waits for a confirmation."""

    current: list[Consent]
    ledger: list[Line]
    requests: list[Request]


class Saying(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A yes or no that the shop heard from a person. `confirmed`: the shop vouches that it came from the address."""

    channel: Word
    topic: Word
    granted: bool
    source: Word
    purpose: Word = MARKETING
    text: Annotated[str, Meta(max_length=10_000)] | None = None
    form: Word | None = None
    ip: Word | None = None
    user_agent: Annotated[str, Meta(max_length=500)] | None = None
    confirmed: bool = False


class Written(Struct, frozen=True, kw_only=True):
    """What became of it; pending: the person gets a message to confirm it."""

    state: Literal["granted", "withdrawn", "pending"]


class PairOf(Struct, frozen=True, kw_only=True):
    """The identities that stand for two people."""

    low: int
    high: int


class PeopleController(Controller):
    """`/api/people`."""

    path = "/api/people"
    tags = ("people",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def all_of_them(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        text: Annotated[str, QueryParameter(name="search")] = "",
        cursor: FromQuery[str | None] = None,
    ) -> Page:
        """A page of people, those seen last first."""
        return search(tx, workspace, text, cursor)

    @get("/{person_id:int}", needs=Permission.LOOK, sync_to_thread=True)
    def one(self, tx: Given[Transaction], workspace: Given[Workspace], person_id: FromPath[int]) -> Person:
        """Everything about one person."""
        return look(tx, workspace, person_id)

    @get("/{person_id:int}/timeline", needs=Permission.LOOK, sync_to_thread=True)
    def life(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        person_id: FromPath[int],
        before: FromQuery[str | None] = None,
    ) -> Timeline:
        """What happened to one person, newest first."""
        return timeline(tx, workspace.id, person_id, before)

    @get("/{person_id:int}/export", needs=Permission.EXPORT, sync_to_thread=True)
    def copy(
        self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock], person_id: FromPath[int]
    ) -> dict[str, Any]:
        """A copy of everything that is known, for the person."""
        return export(tx, workspace, person_id, clock.now())

    @get("/{person_id:int}/consents", needs=Permission.LOOK, sync_to_thread=True)
    def consents(self, tx: Given[Transaction], workspace: Given[Workspace], person_id: FromPath[int]) -> Consents:
        """What one person agreed to, when, where and to which words."""
        profile = find_profile(tx, workspace.id, person_id)
        return Consents(
            current=current(tx, workspace.id, [profile.id], None),
            ledger=ledger(tx, workspace.id, profile.id),
            requests=requests_of(tx, workspace.id, profile.id),
        )

    @post("/{person_id:int}/consents", needs=Permission.CARE, status_code=200, sync_to_thread=True)
    def answer(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        clock: Given[Clock],
        actor_name: Given[str],
        person_id: FromPath[int],
        data: JSONBody[Saying],
    ) -> Written:
        """Write down a yes or a no; a yes to a topic that asks for it waits for its confirmation."""
        profile = find_profile(tx, workspace.id, person_id)
        [(_, identity_id)] = strongest(tx, workspace.id, [profile.id])
        answer = _answer(data, profile.id, identity_id, actor_name, clock.now())
        if not data.confirmed and hold_back(tx, workspace.id, [answer]):
            return Written(state="pending")
        append(tx, workspace.id, [answer])
        return Written(state="granted" if data.granted else "withdrawn")

    @post("/{person_id:int}/erase", needs=Permission.CARE, status_code=200, sync_to_thread=True)
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

    @get("/merge-reviews", needs=Permission.LOOK, sync_to_thread=True)
    def waiting(self, tx: Given[Transaction], workspace: Given[Workspace]) -> dict[str, list[Review]]:
        """Pairs of known people who may be one."""
        return {"reviews": reviews(tx, workspace)}

    @post("/merge-reviews/{pair:str}", needs=Permission.CARE, status_code=200, sync_to_thread=True)
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

    @post("/merges/undo", needs=Permission.CARE, status_code=200, sync_to_thread=True)
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


def _answer(said: Saying, profile_id: int, identity_id: int, author: str, now: datetime) -> Answer:
    return Answer(
        identity_id=identity_id,
        profile_id=profile_id,
        channel=said.channel,
        topic=said.topic,
        granted=said.granted,
        at=now,
        source=said.source,
        purpose=said.purpose,
        proof=Proof(
            told=said.text, form=said.form, ip=said.ip, user_agent=said.user_agent, more={"written_by": author}
        ),
    )


def _ends(pair: str) -> tuple[int, int]:
    low, _, high = pair.partition("-")
    if not (low.isdecimal() and high.isdecimal()):
        raise Malformed("A pair is two numbers with a dash between them, like 12-34.", path="pair")
    return int(low), int(high)
