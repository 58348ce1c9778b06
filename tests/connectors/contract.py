"""What every connector promises. A plug-in's test subclasses this and says how its other side plays each part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from hourglass.connectors import AudienceConnector, Member, Membership, Outcome

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEOPLE = [
    Membership(member=Member(user_id="anna", email="anna@customers.example"), add=True),
    Membership(member=Member(user_id="boris", phone="+77010000001"), add=False),
]


class AudienceContract:
    """Fixtures: `connector` (open), `away` (open, before nobody), `answers` (makes the other side answer like that)."""

    def test_each_membership_has_one_answer(self, connector: AudienceConnector) -> None:
        taken = connector.keep("vips", PEOPLE, "mark-1", NOON)
        assert [one.outcome for one in taken] == [Outcome.DONE, Outcome.DONE]
        assert connector.batch >= 1

    def test_trouble_of_the_other_side_is_for_later_and_a_no_is_a_no(
        self, connector: AudienceConnector, answers: Callable[[Outcome], None]
    ) -> None:
        for outcome in (Outcome.LATER, Outcome.REFUSED):
            answers(outcome)
            [taken] = connector.keep("vips", PEOPLE[:1], "mark-2", NOON)
            assert taken.outcome is outcome
            assert taken.detail

    def test_nobody_there_is_no_error_but_an_answer(self, away: AudienceConnector) -> None:
        [taken] = away.keep("vips", PEOPLE[:1], "mark-3", NOON)
        assert taken.outcome is Outcome.LATER

    def test_nobody_to_tell_of_is_fine(self, connector: AudienceConnector) -> None:
        assert connector.keep("vips", [], "mark-4", NOON) == []
        connector.close()
