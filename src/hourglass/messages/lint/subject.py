"""Subject and preheader: how much of them a phone shows, and what looks like shouting."""

from __future__ import annotations

from collections.abc import Iterator

from hourglass.messages.lint.finding import LintFinding, Page

_SHOWN, _PREHEADER = 60, 110


def subject(page: Page) -> Iterator[LintFinding]:
    """About the line that decides whether the mail is opened."""
    length = len(page.subject)
    if length > _SHOWN:
        yield LintFinding(
            code="subject_long",
            en=f"The subject has {length} characters; phones show about {_SHOWN}.",
            ru=f"В теме {length} знаков, а телефоны показывают около {_SHOWN}.",
        )
    letters = [char for char in page.subject if char.isalpha()]
    if len(letters) > 8 and sum(char.isupper() for char in letters) > 0.7 * len(letters):
        yield LintFinding(
            code="subject_shouts", en="The subject is all capitals.", ru="Тема написана заглавными буквами."
        )
    if page.subject.count("!") > 1:
        yield LintFinding(
            code="subject_shouts",
            en="One exclamation mark in the subject is enough.",
            ru="В теме достаточно одного восклицательного знака.",
        )
    if page.html is not None and not page.preheader.strip():
        yield LintFinding(
            code="preheader_missing",
            en="There is no preheader; mail programs show the first words of the page instead.",
            ru="Нет прехедера: почта покажет вместо него первые слова письма.",
        )
    if len(page.preheader) > _PREHEADER:
        yield LintFinding(
            code="preheader_long",
            en=f"The preheader has {len(page.preheader)} characters; about {_PREHEADER} are shown.",
            ru=f"В прехедере {len(page.preheader)} знаков, а видно около {_PREHEADER}.",
        )
