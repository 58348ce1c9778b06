from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.messages import REASONS, read_policy
from hourglass.messages.candidates.candidate import Candidate, Person
from hourglass.messages.gate.gate import STEPS, Deferred, Withheld, ask
from hourglass.messages.outbox.claim import Claim
from tests.messages.shop import NOW, days

POLICY = {"policy": {"email": {"cap": {"messages": 2, "within": "7d"}, "quiet": {"from": "21:00", "until": "09:00"}}}}


def candidate(
    *,
    kind: str = "marketing",
    email: str | None = "anna@customers.example",
    consent: bool | None = True,
    suppressed: str | None = None,
    recent: Sequence[datetime] = (),
    settings: dict[str, Any] | None = None,
    created_at: datetime = NOW,
    erased: bool = False,
    **traits: Any,
) -> Candidate:
    """A message against which nothing speaks, unless told."""
    workspace = Workspace(
        id=WorkspaceId(1), key="s", name="Shop", currency="EUR", zone="UTC", locale="en", settings=settings or {}
    )
    claim = Claim(
        workspace_id=1, id=1, profile_id=1, channel="email", template="hello", topic="news", message_class=kind,  # type: ignore[arg-type]
        facts={}, created_at=created_at, attempts=1,
    )  # fmt: skip
    return Candidate(
        claim=claim,
        workspace=workspace,
        policy=read_policy(workspace.settings),
        zone=ZoneInfo("UTC"),
        template=None,
        person=None if erased else Person(asked=1, id=1, email=email, phone=None, traits=traits),
        address_kind="email",
        consent=consent,
        suppressed=suppressed,
        recent=recent,
        products={},
    )


def refusal(one: Candidate, now: datetime = NOW) -> str | None:
    answer = ask(one, now)
    return None if answer is None else answer.reason


def test_the_questions_stand_in_the_agreed_order() -> None:
    assert [step.__name__ for step in STEPS] == [
        "still_wanted", "address", "consent", "suppression", "frequency_cap", "quiet_hours",
    ]  # fmt: skip


def test_the_first_objection_is_the_answer() -> None:
    everything: dict[str, Any] = {"suppressed": "bounced", "recent": [NOW] * 9, "settings": POLICY}
    assert refusal(candidate(email=None, consent=False, **everything)) == "address_missing"
    assert refusal(candidate(consent=False, **everything)) == "consent_withdrawn"
    assert refusal(candidate(**everything)) == "suppressed"
    everything["suppressed"] = None
    assert refusal(candidate(**everything)) == "frequency_cap"


def test_nothing_speaks_against_a_wanted_message() -> None:
    assert refusal(candidate()) is None


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        (None, "address_missing"),
        ("", "address_missing"),
        ("anna", "address_invalid"),
        ("anna@localhost", "address_invalid"),
        ("a b@c.example", "address_invalid"),
        ("anna@c.example\r\nBcc: x@y.example", "address_invalid"),
        ("anna@" + "x" * 300 + ".example", "address_invalid"),
        ("postmaster@c.example", "address_role"),
        ("anna@пример.рф", None),
        ("анна@c.example", None),
    ],
)
def test_an_address_must_be_able_to_be_right(email: str | None, reason: str | None) -> None:
    assert refusal(candidate(email=email)) == reason


def test_an_erased_person_gets_nothing() -> None:
    assert refusal(candidate(erased=True, kind="transactional")) == "no_person"


def test_an_order_confirmation_needs_no_consent_and_no_quiet_and_counts_no_cap() -> None:
    night = datetime(2026, 3, 2, 23, tzinfo=UTC)
    one = candidate(kind="transactional", consent=None, recent=[night] * 9, settings=POLICY, created_at=night)
    assert refusal(one, night) is None
    assert refusal(candidate(kind="transactional", email="admin@c.example")) is None


def test_but_suppression_holds_for_it_too() -> None:
    assert refusal(candidate(kind="transactional", suppressed="bounced")) == "suppressed"


def test_no_word_and_a_no_are_different_reasons() -> None:
    assert refusal(candidate(consent=None)) == "no_consent"
    assert refusal(candidate(consent=False)) == "consent_withdrawn"


def test_the_window_of_a_cap_rolls() -> None:
    two = [NOW - days(6.99), NOW - days(1)]
    assert refusal(candidate(recent=two, settings=POLICY)) == "frequency_cap"
    assert refusal(candidate(recent=two, settings=POLICY, created_at=NOW + days(0.02)), NOW + days(0.02)) is None
    assert refusal(candidate(recent=two)) is None, "three in seven days unless told otherwise"
    assert refusal(candidate(recent=[NOW] * 50, settings={"policy": {"email": {"cap": None}}})) is None


def test_what_waited_for_days_is_not_sent_any_more() -> None:
    assert refusal(candidate(created_at=NOW - days(3.1))) == "expired"


@pytest.mark.parametrize(
    ("hour", "until"),
    [(20, None), (21, 33), (23, 33), (3, 9), (9, None)],
)
def test_quiet_hours_go_over_midnight(hour: int, until: int | None) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    now = midnight + timedelta(hours=hour)
    answer = ask(candidate(settings=POLICY, created_at=now), now)
    expected = None if until is None else Deferred(reason="quiet_hours", until=midnight + timedelta(hours=until))
    assert answer == expected


def test_quiet_hours_are_those_of_the_recipient() -> None:
    noon = datetime(2026, 3, 2, 17, tzinfo=UTC)
    answer = ask(candidate(settings=POLICY, created_at=noon, timezone="Asia/Almaty"), noon)
    assert isinstance(answer, Deferred)
    assert answer.until == datetime(2026, 3, 3, 4, tzinfo=UTC)
    assert ask(candidate(settings=POLICY, created_at=noon, timezone="Nowhere/At all"), noon) is None


def test_quiet_hours_survive_the_change_of_clocks() -> None:
    night = datetime(2026, 3, 28, 22, tzinfo=UTC)  # Berlin goes from 02:00 to 03:00 on the 29th
    answer = ask(candidate(settings=POLICY, created_at=night, timezone="Europe/Berlin"), night)
    assert isinstance(answer, Deferred)
    assert answer.until == datetime(2026, 3, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "policy",
    [
        {"email": {"cap": {"messages": -1}}},
        {"email": {"cap": {"within": "soon"}}},
        {"email": {"quiet": {"from": "25:00"}}},
        [],
    ],
)
def test_a_wrong_policy_is_explained_with_its_place(policy: Any) -> None:
    with pytest.raises(Malformed) as refused:
        read_policy({"policy": policy})
    assert refused.value.path


def test_every_refusal_has_words_in_both_languages() -> None:
    for reason in REASONS.values():
        assert reason.en
        assert reason.ru
        assert any("а" <= letter <= "я" for letter in reason.ru)


def test_a_refusal_is_a_value() -> None:
    assert ask(candidate(consent=None), NOW) == Withheld(reason="no_consent", detail="news")
