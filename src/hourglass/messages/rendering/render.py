"""From a candidate to a message ready to leave: the template filled in with facts, links that tell, a way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liquid.exceptions import LiquidError
from msgspec import Struct

from hourglass.channels import Outgoing
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.content.fallbacks import fill_in, lacking
from hourglass.messages.content.plain import tidy
from hourglass.messages.gate.gate import mailbox
from hourglass.messages.rendering.links import Links
from hourglass.messages.rendering.variables import variables_of
from hourglass.messages.tracking.tokens import Signer

_SUBJECT_LIMIT = 250
_WHITE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")  # a no-break space stays one


class Unmade(Struct, frozen=True, kw_only=True):
    """The message could not be made, or is not to be because something is missing (`withheld`)."""

    reason: str
    detail: str
    withheld: bool = False


def render(one: Candidate, signer: Signer, base_url: str, now: datetime) -> Outgoing | Unmade:
    """The message, or why it cannot be made; one person's odd data never stops the others."""
    if one.template is None:
        return Unmade(reason="template_missing", detail=one.claim.template)
    if one.empty is not None:
        return Unmade(reason="nothing_to_show", detail=one.empty, withheld=True)
    links = Links(base_url, signer, one.claim.workspace_id, one.claim.id)
    known = variables_of(one, links, now)
    fill_in(known, one.template.fallbacks)
    if missing := lacking(known, one.template.required):
        return Unmade(reason="data_missing", detail=", ".join(missing), withheld=True)
    try:
        subject = _WHITE.sub(" ", one.template.subject.fill(known)).strip()[:_SUBJECT_LIMIT]
        html = None if one.template.html is None else one.template.html.fill(known)
        text = tidy(one.template.text.fill(known))
    except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError) as error:
        return Unmade(reason="render_failed", detail=f"{one.claim.template}: {error}")
    if not subject:
        return Unmade(reason="render_failed", detail=f"{one.claim.template}: the subject is empty")
    return Outgoing(
        id=one.claim.id,
        workspace_id=one.claim.workspace_id,
        address=mailbox(one.address or "") or one.address or "",
        subject=subject,
        text=text,
        html=None if html is None else links.tracked(html, one.template.tagging),
        locale=one.locale,
        unsubscribe_url=links.unsubscribe if one.claim.marketing else None,
        at=now,
        attachments=one.template.attachments,
        **_sender(one.template.brand),
    )


def _sender(brand: Mapping[str, Any]) -> dict[str, Any]:
    """Who the brand says it is from; without a word of it the channel's settings count."""
    stated: Mapping[str, Any] = brand.get("from") or {}
    return {"from_name": stated.get("name"), "from_address": stated.get("address"), "reply_to": brand.get("reply_to")}
