"""The policy of a workspace as its author wrote it, read from a document with the path of every mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed
from hourglass.messages.policy.budget import Budget
from hourglass.messages.policy.cap import FEWER, USUAL_CAPS, Cap, Word, span
from hourglass.messages.policy.control import Control
from hourglass.messages.policy.countries import country_code, usual_quiet
from hourglass.messages.policy.passing import SoftBounces
from hourglass.messages.policy.quiet import WEEKDAYS, Quiet
from hourglass.messages.policy.slot import Slot

ONLY = "default"
Hours = dict[str, Quiet | None]


class Addresses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which addresses get marketing although they look wrong; false: no difference is made."""

    roles: bool = False
    """info@, sales@: addresses of a role, not of a person."""
    disposable: bool = False
    """Mailboxes for ten minutes."""
    without_mail: bool = False
    """Domains that take no mail, as the DNS says."""


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the gate goes by. Everything left out is as usual: three messages in seven days on each channel."""

    kind: Literal["policy"] = "policy"
    key: str = ONLY
    name: str = ""
    description: str = ""
    state: str = "live"
    country: str | None = None
    """Where people are of whom nothing says it."""
    expires: str = "3d"
    """A message that could not leave for so long has lost its sense."""
    allow: Addresses = Addresses()
    caps: tuple[Cap, ...] = USUAL_CAPS
    fewer: Cap = FEWER
    """For those who asked for fewer messages."""
    quiet: Hours = field(default_factory=dict[str, Quiet | None])
    """By channel; null: this channel knows no quiet."""
    countries: dict[str, Hours] = field(default_factory=dict[str, Hours])
    """The same for single countries, before what `quiet` says."""
    slots: tuple[Slot, ...] = ()
    budgets: tuple[Budget, ...] = ()
    prices: dict[Word, Annotated[float, Meta(ge=0)]] = field(default_factory=dict[str, float])
    """What a message costs by channel; it decides which is the cheapest. A channel without one costs nothing."""
    control: Control | None = None
    soft_bounces: SoftBounces | None = SoftBounces()
    """How many suppress an address; null: they never do."""

    def quiet_for(self, channel: str, country: str | None) -> Quiet | None:
        """The hours of a channel for somebody in a country."""
        there = self.countries.get(country or "", {})
        if channel in there:
            return there[channel]
        return self.quiet[channel] if channel in self.quiet else usual_quiet(channel, country)

    def slot_of(self, journey: str | None) -> Slot | None:
        """The slot for which a journey competes."""
        return next((one for one in self.slots if journey in one.journeys), None)


def read_policy(document: Mapping[str, Any]) -> Policy:
    """A document to a policy. Raises Malformed with the path of what is wrong."""
    try:
        policy = msgspec.convert(document, Policy)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        raise Malformed(f"The policy is wrong: {sentence}.", path=place.strip("`.") or None) from error
    if policy.key != ONLY:
        raise Malformed(f"A workspace has one policy, and its key is “{ONLY}”.", path="key")
    for path, text in _spans(policy):
        _positive(text, path)
    for path, hours in _hours(policy):
        _check_quiet(hours, path)
    _check_countries(policy)
    _check_budgets(policy)
    _check_names(policy)
    return policy


def _spans(policy: Policy) -> Iterator[tuple[str, str]]:
    yield "expires", policy.expires
    for path, cap in (*((f"caps[{place}]", cap) for place, cap in enumerate(policy.caps)), ("fewer", policy.fewer)):
        yield f"{path}.within", cap.within
        yield f"{path}.at_most", cap.at_most
    for place, slot in enumerate(policy.slots):
        yield f"slots[{place}].within", slot.within
    if policy.soft_bounces is not None:
        yield "soft_bounces.within", policy.soft_bounces.within


def _positive(text: str, path: str) -> None:
    try:
        length = span(text)
    except Malformed as error:
        raise Malformed(error.sentence, path=path) from error
    if not length:
        raise Malformed("This span of time is empty; write it like 30m, 12h or 7d.", path=path)


def _hours(policy: Policy) -> Iterator[tuple[str, Quiet]]:
    tables = [("quiet", policy.quiet), *((f"countries.{code}", table) for code, table in policy.countries.items())]
    for path, table in tables:
        for channel, hours in table.items():
            if hours is not None:
                yield f"{path}.{channel}", hours


def _check_quiet(hours: Quiet, path: str) -> None:
    if (hours.start is None) != (hours.end is None):
        raise Malformed('Quiet hours have a beginning and an end: {from: "21:00", until: "09:00"}.', path=path)
    if hours.start is not None and hours.start == hours.end:
        raise Malformed("Hours that end when they begin leave no time to write; use `days` for whole days.", path=path)
    if set(hours.days) == set(WEEKDAYS):
        raise Malformed("Seven quiet days leave no day to write.", path=f"{path}.days")
    if hours.start is None and not hours.days and not hours.holidays:
        raise Malformed("Nothing is quiet here; write null where a channel knows no quiet hours.", path=path)


def _check_countries(policy: Policy) -> None:
    places = [("country", policy.country), *((f"countries.{code}", code) for code in policy.countries)]
    for path, code in places:
        if code is not None and country_code(code) != code:
            raise Malformed(f"“{code}” is no country; write its two letters, like KZ.", path=path)


def _check_budgets(policy: Policy) -> None:
    for place, budget in enumerate(policy.budgets):
        if (budget.messages is None) == (budget.amount is None):
            sentence = "A budget counts either `messages` or money: `amount`, with the `cost` of one message."
            raise Malformed(sentence, path=f"budgets[{place}]")
        if budget.otherwise == "next" and budget.provider is None:
            sentence = "Only a budget of one `provider` can leave the others to the next."
            raise Malformed(sentence, path=f"budgets[{place}].else")
        if budget.amount is None and budget.cost != 1:
            raise Malformed("A budget that counts messages has no `cost`; say `amount`.", path=f"budgets[{place}].cost")


def _check_names(policy: Policy) -> None:
    for field_, keys in (("slots", policy.slots), ("budgets", policy.budgets)):
        seen: set[str] = set()
        for place, one in enumerate(cast("tuple[Slot | Budget, ...]", keys)):
            if one.key in seen:
                raise Malformed(f"“{one.key}” is there twice.", path=f"{field_}[{place}].key")
            seen.add(one.key)
    taken: dict[str, str] = {}
    for place, slot in enumerate(policy.slots):
        if len(slot.journeys) == 1:
            sentence = (
                "One journey alone competes with nobody: name two, or none and let journeys say `slot` themselves."
            )
            raise Malformed(sentence, path=f"slots[{place}].journeys")
        for number, journey in enumerate(slot.journeys):
            if journey in taken:
                sentence = f"The journey “{journey}” competes for “{taken[journey]}” already; one slot is enough."
                raise Malformed(sentence, path=f"slots[{place}].journeys[{number}]")
            taken[journey] = slot.key
