"""How much a message looks like spam: points of a filter, with the reason of each.

The scale is SpamAssassin's, where five points are spam. Rules that it has too carry its published points
(rules/50_scores.cf, the column with Bayes and network tests, rounded); the others are our own judgement and say so. It
is a look at the words and the page alone: what weighs most at Gmail or Mail.ru, the reputation of the sender and what
readers do with the mail, is seen by `hourglass doctor email` and in reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.markup import Markup
from hourglass.messages.lint.spam_rules import RULES, seen

LIMIT = 5.0
"""From here on a filter with usual settings takes it for spam."""
_DOUBTFUL = 3.0


class SpamReason(Struct, frozen=True, kw_only=True):
    """What cost points. `source`: the rule of SpamAssassin whose points these are, or `own`."""

    rule: str
    points: float
    source: str
    en: str
    ru: str

    def words(self, language: str) -> str:
        """In Russian, else in English."""
        return self.ru if language == "ru" else self.en


class SpamScore(Struct, frozen=True, kw_only=True):
    """Points, and where they come from, the worst first. From `limit` on a usual filter takes it for spam."""

    points: float
    limit: float = LIMIT
    reasons: list[SpamReason] = []
    locale: str = ""

    def lines(self, language: str) -> list[str]:
        """For people: the points, and a line for each reason."""
        title, of = ("Спам-баллы", "из") if language == "ru" else ("Spam score", "of")
        head = f"{title} ({self.locale}): {self.points:.1f} {of} {self.limit:.1f}"
        return [head, *(f"  {one.points:.1f}  {one.words(language)} ({one.source})" for one in self.reasons)]


def spam_score(page: Page, markup: Markup | None) -> SpamScore:
    """The points of a finished message; `markup` None: it has no page."""
    looked = seen(page, markup)
    reasons = [reason for rule in RULES for reason in _asked(rule.points(looked), rule.code, rule.source, rule.words)]
    reasons.sort(key=lambda one: -one.points)
    return SpamScore(points=round(sum(one.points for one in reasons), 1), reasons=reasons, locale=page.locale)


def spammy(score: SpamScore) -> Iterator[LintFinding]:
    """A finding where the points come near the limit."""
    if score.points < _DOUBTFUL:
        return
    worst = {language: "; ".join(one.words(language) for one in score.reasons[:3]) for language in ("en", "ru")}
    yield LintFinding(
        code="spam_score",
        en=f"Spam filters would give it {score.points:g} points of {score.limit:g}: {worst['en']}.",
        ru=f"Спам-фильтр даст письму {score.points:g} из {score.limit:g} баллов: {worst['ru']}.",
    )


def _asked(points: float, code: str, source: str, words: tuple[str, str]) -> Iterator[SpamReason]:
    if points > 0:
        yield SpamReason(rule=code, points=round(points, 1), source=source, en=words[0], ru=words[1])
