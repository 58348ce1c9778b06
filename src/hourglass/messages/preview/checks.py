"""The checks of a template in all its languages, with made-up data: when it is saved, and whenever one asks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hourglass.definitions import Document, Doubt
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.messages.content.library import read_parts
from hourglass.messages.content.template import Template, read
from hourglass.messages.lint.finding import LintFinding
from hourglass.messages.lint.spam import SpamScore
from hourglass.messages.preview.preview import Wish, preview
from hourglass.messages.preview.unseen import unseen_traits
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("preview.sql"))
_SOME_DAY = datetime(2026, 5, 14, 9, tzinfo=UTC)
_SOMEWHERE = "https://preview.hourglass"


class Findings(Struct, frozen=True, kw_only=True):
    """What the checks found in all languages, and in each how much it looks like spam."""

    findings: list[LintFinding]
    spam: list[SpamScore] = []


def findings(tx: Transaction, workspace: Workspace, wish: Wish, template: Template) -> Findings:
    """What the checks found, language by language, each thing once. Raises Malformed for what cannot be made."""
    found: list[LintFinding] = []
    spam: list[SpamScore] = []
    for locale in dict.fromkeys((template.locale, *template.locales)):
        made = preview(tx, workspace, replace(wish, locale=locale), _SOMEWHERE, _SOME_DAY).preview
        if made.refused is not None and not made.subject:
            raise Malformed(f"The message cannot be made: {made.refused}.", path="template")
        found += made.warnings
        spam += [] if made.spam is None else [made.spam]
    return Findings(findings=found + _untranslated(template), spam=spam)


def doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """The same as warnings of a document that is saved; none about one that cannot be made, which is refused anyway."""
    try:
        [workspace] = _queries.rows(tx, "workspace", Workspace, workspace_id=workspace_id)
        template = read(document)
        found = findings(tx, workspace, Wish(document=document), template).findings
        unseen = unseen_traits(tx, workspace_id, template, read_parts(tx, workspace_id, document))
    except Malformed as error:
        return [Doubt(path=error.path or "", message=error.sentence)]
    return [*unseen, *(Doubt(path=f"{one.locale}.{one.code}", message=one.en) for one in found)]


def _untranslated(template: Template) -> list[LintFinding]:
    """Words that one language has and another borrows."""
    return [
        LintFinding(
            code="words_missing",
            en=f"No words in this language for: {', '.join(borrowed)}.",
            ru=f"На этом языке нет текстов: {', '.join(borrowed)}.",
            locale=locale,
        )
        for locale, variant in template.locales.items()
        if variant.words and "-" not in locale and (borrowed := sorted(template.words.keys() - variant.words.keys()))
    ]
