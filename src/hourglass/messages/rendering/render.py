"""From a candidate to a message ready to leave: the template filled in with facts, links that tell, a way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hourglass.channels import Outgoing
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.gate.gate import mailbox
from hourglass.messages.rendering.fill import Unmade, fill
from hourglass.messages.rendering.links import Links
from hourglass.messages.rendering.variables import variables_of
from hourglass.messages.tracking.tokens import Signer

_MAIL = "email"  # elsewhere a long link is dear


def render(one: Candidate, signer: Signer, base_url: str, now: datetime) -> Outgoing | Unmade:
    """The message, or why it cannot be made; one person's odd data never stops the others."""
    if one.template is None:
        return Unmade(reason="template_missing", detail=one.claim.template)
    if one.empty is not None:
        return Unmade(reason="nothing_to_show", detail=one.empty, withheld=True)
    links = Links(base_url, signer, one.claim.workspace_id, one.claim.id, one.template.tagging)
    known = variables_of(one, links, now)
    filled = fill(one.template, known, one.claim.template)
    if isinstance(filled, Unmade):
        return filled
    return Outgoing(
        id=one.claim.id,
        workspace_id=one.claim.workspace_id,
        address=mailbox(one.address or "") or one.address or "",
        subject=filled.subject,
        text=links.tracked_text(filled.text) if one.address_kind == _MAIL else filled.text,
        html=None if filled.html is None else links.tracked(filled.html),
        locale=one.locale,
        unsubscribe_url=links.unsubscribe if one.claim.marketing else None,
        at=now,
        campaign=one.claim.source or one.claim.template,
        topic=one.claim.topic,
        marketing=one.claim.marketing,
        attachments=one.template.attachments,
        **sender_of(one.template.brand),
    )


def sender_of(brand: Mapping[str, Any]) -> dict[str, Any]:
    """Who the brand says it is from; without a word of it the channel's settings count."""
    stated: Mapping[str, Any] = brand.get("from") or {}
    return {"from_name": stated.get("name"), "from_address": stated.get("address"), "reply_to": brand.get("reply_to")}
