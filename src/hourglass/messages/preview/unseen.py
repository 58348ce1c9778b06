"""Traits that a template speaks of and nobody has: a slip of the pen leaves its place empty for ever."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from hourglass.definitions import Doubt
from hourglass.kernel import WorkspaceId
from hourglass.messages.content.compile import compile_template
from hourglass.messages.content.liquid.sandbox import expected
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.template import Template
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("preview.sql"))
_ALWAYS = frozenset({"id", "email", "phone"})


def unseen_traits(tx: Transaction, workspace_id: WorkspaceId, template: Template, parts: Parts) -> list[Doubt]:
    """One doubt for each; none where nobody is known yet, for then there is nothing to compare with."""
    spoken = {name for locale in (template.locale, *template.locales) for name in _traits(template, locale, parts)}
    seen = {row[0] for row in _queries.tuples(tx, "traits_seen", workspace_id=workspace_id)}
    strange = sorted(spoken - seen - _ALWAYS) if seen else []
    return [
        Doubt(
            path=f"profile.{name}",
            message=f"None of the people seen lately has a trait “{name}”.",
            near=get_close_matches(name, sorted(seen), n=3),
        )
        for name in strange
    ]


def _traits(template: Template, locale: str, parts: Parts) -> Iterator[str]:
    ready = compile_template(template, locale, parts)
    for part in (ready.subject, ready.preheader, ready.text, ready.html):
        for path in expected(part) if part is not None else ():
            if len(path) > 1 and path[0] == "profile":
                yield path[1]
