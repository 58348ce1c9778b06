"""Starters filled in with a made-up customer, or with nothing known at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.messages import starter_documents
from hourglass.messages.content.brand import read_brand
from hourglass.messages.content.compile import check, compile_template
from hourglass.messages.content.parts import Parts
from hourglass.messages.content.snippet import read_snippet
from hourglass.messages.content.template import Template, read
from hourglass.messages.preview.missing import Noticing, without_nothing
from hourglass.messages.preview.sample import sample
from hourglass.messages.rendering.fill import Filled, Unmade, fill, one_line

NOW = datetime(2026, 11, 12, 10, tzinfo=UTC)
HOME = "https://mail.field.shop"
SHOP = Workspace(id=WorkspaceId(1), key="d", name="Field", currency="GBP", zone="Europe/London", locale="en")
LOOK: dict[str, Any] = {
    "kind": "brand",
    "name": "Field & Hearth",
    "url": "https://field.shop",
    "address": "12 Mill Lane, Bath",
    "social": {"instagram": "https://instagram.com/field"},
}
DOCUMENTS = starter_documents()
TEMPLATES: dict[str, Template] = {one["key"]: read(one) for one in DOCUMENTS if one["kind"] == "template"}
SNIPPETS = {one["key"]: read_snippet(one) for one in DOCUMENTS if one["kind"] == "snippet"}
PARTS = Parts(shop="Field", locale="en", brands={"default": read_brand(LOOK)}, snippets=SNIPPETS, assets={})


def filled(key: str, locale: str, *, known: bool = True, **change: Any) -> tuple[Filled | Unmade, str, list[str]]:
    """The message, its preheader, and what was missing in it."""
    template, noticing = TEMPLATES[key], Noticing()
    check(template, PARTS)
    ready = compile_template(template, locale, PARTS, noticing.sandboxes)
    everything = {**sample(ready, SHOP, NOW, HOME), "marketing": template.purpose != "transactional"}
    if not known:
        nothing = {"profile": {}, "event": {"properties": {}}, "cart": None, "order": None, "blocks": {}}
        everything |= nothing
    facts = without_nothing(everything | change)
    return fill(ready, facts, key), one_line(ready.preheader.fill(facts)), noticing.missing
