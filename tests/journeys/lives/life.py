"""One life: a journey, and everything that people, marketers and other systems do around it, round by round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

from tests.journeys.lives.documents import BESIDE, EVENTS, documents
from tests.journeys.lives.script import ROUNDS, script

PEOPLE = ("anna", "boris", "chloe")
_ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Almaty", "nowhere")


class Deed(Struct, frozen=True, kw_only=True):
    """Something that is done in a round. `what`: a method of the world of that name; `told`: its arguments."""

    round: int
    what: str
    told: dict[str, Any]


class Life(Struct, frozen=True, kw_only=True):
    """Lives of one script can be played side by side."""

    script: int
    document: dict[str, Any]
    deeds: list[Deed]

    def numbered(self, number: int) -> Life:
        """With its own names."""
        return msgspec.json.decode(msgspec.json.encode(self).replace(b"@", str(number).encode()), type=Life)

    def journey(self) -> bytes:
        """The same for lives of the same journey."""
        return msgspec.json.encode(self.document, order="sorted")

    def does(self, what: str) -> bool:
        """Whether anybody ever does that."""
        return any(deed.what == what for deed in self.deeds)

    def told(self) -> str:
        """For a person who looks for the mistake."""
        rounds = [f"{place}: {each}" for place, each in enumerate(script(self.script).rounds)]
        deeds = [f"{deed.round} {deed.what} {deed.told}" for deed in sorted(self.deeds, key=lambda deed: deed.round)]
        return "\n".join([msgspec.json.format(msgspec.json.encode(self.document)).decode(), *rounds, *deeds])

    def beside(self) -> list[dict[str, Any]]:
        """What its journeys speak of."""
        text = msgspec.json.encode(self).decode()
        return [document for key, document in BESIDE.items() if f'"{key}"' in text]


def _deeds(what: str, **told: Iterable[Any]) -> Sequence[Deed]:
    """Every one there is: to draw one of a list is quicker than to draw its parts."""
    return [
        Deed(round=place, what=what, told=dict(zip(told, each, strict=True)))
        for place in range(ROUNDS)
        for each in product(*told.values())
    ]


_yes_or_no = (True, False)
_acts = _deeds("act", who=PEOPLE, event=EVENTS, cart=("c1", "c2"), known=(True, True, False))
_comings = _deeds("act", who=PEOPLE, event=["Came @"], cart=("c1", "c2"), known=(True, True, False))
_introductions = _deeds("introduce", who=PEOPLE, zone=_ZONES, vip=_yes_or_no, day=range(-3, 20))
_others = (
    _deeds("send_again", which=range(30)),
    _deeds("enter", who=PEOPLE),
    _deeds("price", new=range(1, 20)),
    _deeds("join", one=PEOPLE, other=PEOPLE),
    _deeds("part", which=range(3)),
    _deeds("erase", who=PEOPLE),
    _deeds("take_over", anew=_yes_or_no, rest=("stay", "leave", "back")),
    _deeds("state", to=("pause", "resume", "resume", "archive")),
)
_versions = st.builds(
    lambda place, document: Deed(round=place, what="define", told={"document": document}),
    st.integers(0, ROUNDS - 1),
    documents,
)
_usual = st.one_of(st.sampled_from(_acts), st.sampled_from(_comings), st.sampled_from(_introductions))
_rare = st.one_of(*map(st.sampled_from, _others), _versions, _versions)


@st.composite
def lives(draw: st.DrawFn, first: int, scripts: int) -> Life:
    """Of so many scripts, from the first."""
    return Life(
        script=draw(st.integers(first, first + scripts - 1)),
        document=draw(documents),
        deeds=draw(st.lists(_usual, min_size=8, max_size=30)) + draw(st.lists(_rare, max_size=6)),
    )
