"""A message as somebody would get it, without sending it: the same rendering, and what is missing in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.channels import Attachment
from hourglass.definitions import find
from hourglass.kernel import Malformed, NotFound, Workspace, WorkspaceId
from hourglass.messages.candidates.facts import load
from hourglass.messages.content.compile import Compiled, check, compile_template
from hourglass.messages.content.files import shown_inside
from hourglass.messages.content.library import Library, read_parts
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.template import Template, content, read
from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.lint import examine
from hourglass.messages.lint.spam import SpamScore
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.preview.missing import Noticing, without_nothing
from hourglass.messages.preview.sample import sample
from hourglass.messages.rendering.fill import Unmade, fill, one_line
from hourglass.messages.rendering.links import Links, tagged, tagged_text
from hourglass.messages.rendering.variables import variables_of
from hourglass.messages.tracking.tokens import Signer
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("preview.sql"))
_NOBODY = Signer(b"preview")  # links of a preview open nothing


class Wish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to show. One of `template` (a key) and `document`; for a person, or else for somebody made up."""

    template: str | None = None
    document: dict[str, Any] | None = None
    profile_id: int | None = None
    email: str | None = None
    event: dict[str, Any] = {}
    """Properties of the entry event."""
    steps: dict[str, Any] = {}
    """What the journey learnt on its way, such as a promo code."""
    locale: str | None = None
    """Instead of the person's own, or the template's."""


class TemplatePreview(Struct, frozen=True, kw_only=True):
    """The message. `warnings`: what is missing, and what the checks found. `refused`: why it would not be sent.

    `spam`: how much it looks like spam; None where there is no message.
    """

    locale: str
    subject: str
    preheader: str
    html: str | None
    text: str
    warnings: list[LintFinding]
    attachments: list[str]
    refused: str | None = None
    spam: SpamScore | None = None


class Made(Struct, frozen=True, kw_only=True):
    """A preview and what a test message needs beside it."""

    preview: TemplatePreview
    template: Compiled
    page: str | None
    """The page with its inline pictures still named by `cid:`."""


class _OneTemplate(Library):
    """Stands in for the library: the template that is looked at, whatever the key."""

    def __init__(self, template: Template, parts: Parts, noticing: Noticing, locale: str | None) -> None:
        super().__init__()
        self._template, self._parts, self._noticing, self._locale = template, parts, noticing, locale

    def refresh(self, tx: Transaction, workspace_id: WorkspaceId, newest: int) -> None:
        """There is nothing to notice."""

    def find(self, workspace_id: WorkspaceId, key: str, locale: str, wording: object = None) -> Compiled:  # noqa: ARG002
        return compile_template(self._template, self._locale or locale, self._parts, self._noticing.sandboxes)


def preview(tx: Transaction, workspace: Workspace, wish: Wish, base_url: str, now: datetime) -> Made:
    """Raises NotFound for a person or a template that is not there, Malformed for a document that cannot be read."""
    template, noticing, parts = (
        _template(tx, workspace, wish),
        Noticing(),
        read_parts(tx, workspace.id, wish.document or {}),
    )
    if wish.document is not None:
        check(template, parts)
    shelf = _OneTemplate(template, parts, noticing, wish.locale)
    person = _person(tx, workspace, wish)
    if person is None:
        compiled = shelf.find(workspace.id, template.key, template.locale)
        known, empty = _with(sample(compiled, workspace, now, base_url), wish), None
    else:
        compiled, known, empty = _of_person(tx, workspace, person, shelf, wish, base_url, now)
    marketing = template.purpose != "transactional"
    known = without_nothing({**known, "marketing": marketing})
    filled = fill(compiled, known, template.key)
    if isinstance(filled, Unmade):
        return _refused(compiled, f"{filled.reason}: {filled.detail}")
    chosen = content(template, compiled.locale, parts.locale)
    page = None if filled.html is None else tagged(filled.html, compiled.tagging)
    text = tagged_text(filled.text, compiled.tagging)
    preheader = one_line(compiled.preheader.fill(known))
    seen = Page(
        subject=filled.subject,
        preheader=preheader,
        html=page,
        text=text,
        authored=_authored(chosen.mjml or chosen.html or "", parts),
        marketing=marketing,
        locale=compiled.locale,
    )
    examined = examine(seen)
    shown = TemplatePreview(
        locale=compiled.locale,
        subject=filled.subject,
        preheader=preheader,
        html=None if page is None else shown_inside(page, compiled.attachments),
        text=text,
        warnings=[*_missing(noticing, compiled.locale), *examined.findings],
        attachments=[one.name for one in compiled.attachments if one.content_id is None],
        refused=None if empty is None else f"nothing_to_show: {empty}",
        spam=examined.spam,
    )
    return Made(preview=shown, template=compiled, page=page)


def _template(tx: Transaction, workspace: Workspace, wish: Wish) -> Template:
    if (wish.template is None) == (wish.document is None):
        raise Malformed("Say which: `template` with the key of one that is saved, or a `document`.", path="template")
    if wish.document is not None:
        return read({"kind": "template", "key": "preview", **wish.document})
    return read(find(tx, workspace.id, "template", wish.template or "").body)


def _person(tx: Transaction, workspace: Workspace, wish: Wish) -> int | None:
    if wish.email is not None:
        found: int | None = _queries.scalar(tx, "by_email", workspace_id=workspace.id, email=wish.email.strip().lower())
        if found is None:
            raise NotFound(f"Nobody here has the address {wish.email}.", path="email")
        return found
    return wish.profile_id


def _of_person(
    tx: Transaction, workspace: Workspace, person: int, shelf: _OneTemplate, wish: Wish, base_url: str, now: datetime
) -> tuple[Compiled, dict[str, Any], str | None]:
    """The template in the person's language, what is known about them, and the block that would keep it back."""
    claim = Claim(
        workspace_id=workspace.id,
        id=0,
        profile_id=person,
        channel="email",
        template="",
        topic="",
        message_class="marketing",
        facts={"event": "Preview", "properties": wish.event, "steps": wish.steps, "at": now.isoformat()},
        created_at=now,
        attempts=1,
    )
    [one] = load(tx, [claim], shelf, {})
    if one.person is None or one.template is None:
        raise NotFound(f"There is no person with the number {person}.", path="profile_id")
    return one.template, variables_of(one, Links(base_url, _NOBODY, workspace.id, 0), now), one.empty


def _with(known: dict[str, Any], wish: Wish) -> dict[str, Any]:
    steps: Mapping[str, Any] = known.get("steps") or {}
    steps = {**steps, **wish.steps}
    promo = steps.get("promo") or known["promo"]
    return {**known, "event": {**known["event"], **wish.event}, "steps": steps, "promo": promo}


def _authored(body: str, parts: Parts) -> str:
    """The body together with the snippets that it may use."""
    snippets = (parts.snippets or {}).values()
    return body + "".join(one.mjml or one.html or "" for one in snippets if one.key in body)


def _missing(noticing: Noticing, locale: str) -> list[LintFinding]:
    return [
        LintFinding(
            code="data_missing",
            en=f"Nothing is known for “{name}”; its place stays empty.",
            ru=f"Нет данных для «{name}»: это место останется пустым.",
            locale=locale,
        )
        for name in noticing.missing
    ]


def _refused(compiled: Compiled, why: str) -> Made:
    nothing = TemplatePreview(
        locale=compiled.locale, subject="", preheader="", html=None, text="", warnings=[], attachments=[], refused=why
    )
    return Made(preview=nothing, template=compiled, page=None)


def files(made: Made) -> tuple[Attachment, ...]:
    """The files that a test message carries."""
    return made.template.attachments
