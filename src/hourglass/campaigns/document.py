"""A campaign as its author wrote it: to whom, what, by which channel and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from msgspec import Struct

from hourglass.audience import SEGMENT, parse_condition
from hourglass.campaigns.schedule import Schedule, read_schedule
from hourglass.definitions import Document, Doubt, Kind, list_all
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.messages import TEMPLATE
from hourglass.postgres import Transaction

_FIELDS = {
    "kind", "key", "name", "description", "state", "segment", "when", "channel", "template", "topic", "class",
    "schedule", "control",
}  # fmt: skip
MessageClass = Literal["marketing", "transactional"]


class Campaign(Struct, frozen=True, kw_only=True):
    """One message to many. Its people are a segment's, or those of whom a condition holds at that moment."""

    key: str
    name: str
    segment: str | None
    when: Any
    """The document of the condition, where no segment is named."""
    channel: str
    template: str
    topic: str
    message_class: MessageClass
    schedule: Schedule
    control: int
    """How many of a hundred get nothing, to see what it adds."""


def read_campaign(document: Mapping[str, Any]) -> Campaign:
    """A document to a campaign, or Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(
            f"A campaign has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0]
        )
    segment, when = document.get("segment"), document.get("when")
    if (segment is None) == (when is None):
        raise Malformed("A campaign goes to a `segment` or to those of whom `when` holds: name one.", path="segment")
    if when is not None:
        parse_condition(when, "when")
    kind = document.get("class", "marketing")
    if kind not in ("marketing", "transactional"):
        raise Malformed("The class of a campaign is marketing or transactional.", path="class")
    return Campaign(
        key=str(document["key"]),
        name=str(document.get("name") or document["key"]),
        segment=None if segment is None else _text(document, "segment"),
        when=when,
        channel=_text(document, "channel"),
        template=_text(document, "template"),
        topic=_text(document, "topic") if "topic" in document else "news",
        message_class=kind,
        schedule=read_schedule(document.get("schedule")),
        control=_share(document.get("control", 0)),
    )


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"“{field}” is missing or is not a text.", path=field)
    return value


def _share(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 50:
        raise Malformed("`control` is how many of a hundred are kept out, 0 to 50.", path="control")
    return value


def missing(tx: Transaction, workspace_id: WorkspaceId, campaign: Campaign) -> list[Doubt]:
    """What the campaign names and nobody has made yet."""
    wanted = [("template", TEMPLATE.name, campaign.template)]
    if campaign.segment is not None:
        wanted.append(("segment", SEGMENT.name, campaign.segment))
    return [
        Doubt(path=path, message=f"There is no {kind} “{key}” yet.")
        for path, kind, key in wanted
        if key not in {found.key for found in list_all(tx, workspace_id, kind)}
    ]


def _doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    return missing(tx, workspace_id, read_campaign(document))


def campaign_schema() -> Document:
    """The JSON Schema of the document; a condition is described by the schema `condition`."""
    text = {"type": "string", "pattern": r"\S"}
    at = {"type": "object", "properties": {"at": text, "local": {"type": "boolean"}}, "required": ["at"],
          "additionalProperties": False}  # fmt: skip
    fields: dict[str, Any] = {
        "kind": {"const": "campaign"}, "key": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,79}$"},
        "name": text, "description": {"type": "string"}, "state": {"enum": ["draft", "live", "paused", "archived"]},
        "segment": text, "when": {"type": "object"}, "channel": text, "template": text, "topic": text,
        "class": {"enum": ["marketing", "transactional"]}, "schedule": {"anyOf": [{"const": "now"}, at]},
        "control": {"type": "integer", "minimum": 0, "maximum": 50},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A campaign", "type": "object",
        "properties": fields, "required": ["kind", "key", "channel", "template"], "additionalProperties": False,
        "oneOf": [{"required": ["segment"]}, {"required": ["when"]}],
    }  # fmt: skip


CAMPAIGN = Kind(name="campaign", read=cast("Any", read_campaign), doubts=_doubts, schemas={"campaign": campaign_schema})
