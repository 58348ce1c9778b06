"""May a campaign go out to many: the rules of Gmail and Yahoo for bulk senders (2024), and of Outlook (2025)."""

from __future__ import annotations

from msgspec import Struct

from hourglass.kernel import Settings
from hourglass.messages.domains.asked import is_own_inbox
from hourglass.messages.domains.finding import DomainReport, Words
from hourglass.messages.reputation.reputation import Reputation

BULK = 1000
"""Recipients from which on the rules stop a campaign. They say 5,000 a day; one list usually means several mails."""
_ASKED = ("spf", "dkim", "dmarc", "one_click", "ptr", "tls", "return_path")


class Problem(Struct, frozen=True, kw_only=True):
    """One rule that is not kept. `stops`: the campaign must not go out; else it is only said."""

    check: str
    code: str
    stops: bool
    words: Words
    advice: Words = {}


class Readiness(Struct, frozen=True, kw_only=True):
    """Whether it may go out, and everything there is to say."""

    ready: bool
    problems: list[Problem]


def bulk_readiness(
    report: DomainReport | None, reputation: Reputation, *, recipients: int, marketing: bool = True
) -> Readiness:
    """The answer for so many recipients. `report` None: nothing leaves this machine, so DNS does not matter."""
    many = recipients >= BULK
    problems = [*_of_domain(report, many=many, marketing=marketing), *_of_people(reputation, marketing=marketing)]
    return Readiness(ready=not any(one.stops for one in problems), problems=problems)


def leaves_this_machine(settings: Settings) -> bool:
    """Mail into the development inbox reaches nobody."""
    return not is_own_inbox(settings)


def _of_domain(report: DomainReport | None, *, many: bool, marketing: bool) -> list[Problem]:
    """What cannot be seen from here is said and stops nothing."""
    return [
        Problem(check=one.check, code=one.code, stops=many and one.state == "wrong", words=one.words, advice=one.advice)
        for one in (report.findings if report else [])
        if one.check in _ASKED and one.state in ("wrong", "unknown") and (marketing or one.check != "one_click")
    ]


def _of_people(reputation: Reputation, *, marketing: bool) -> list[Problem]:
    if reputation.state == "good" or not marketing:
        return []
    stops = reputation.state == "pause"
    return [Problem(check="complaints", code=f"complaints_{reputation.state}", stops=stops, words=reputation.words)]
