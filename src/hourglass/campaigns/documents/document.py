"""A campaign as its author wrote it: to whom, what, by which channel and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from hourglass.audience import parse_condition
from hourglass.campaigns.documents.schedule import Schedule, read_schedule
from hourglass.campaigns.documents.tryout import Tryout, read_tryout
from hourglass.campaigns.documents.variants import Variant, read_variants
from hourglass.experiments import read_control
from hourglass.kernel import Malformed

_FIELDS = {
    "kind", "key", "name", "description", "state", "segment", "when", "channel", "template", "topic", "class",
    "schedule", "control", "variants", "test",
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
    control: float
    """How many of a hundred get nothing, to see what it adds."""
    variants: tuple[Variant, ...] = ()
    test: Tryout | None = None

    def variant(self, name: str | None) -> Variant | None:
        """One of the variants; None for the campaign as it is."""
        return next((one for one in self.variants if one.name == name), None)

    @property
    def channels(self) -> set[str]:
        """All that it may leave by."""
        return {one.channel or self.channel for one in self.variants} or {self.channel}


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
    variants = read_variants(document.get("variants"))
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
        control=read_control(document.get("control", 0)),
        variants=variants,
        test=read_tryout(document.get("test"), [one.name for one in variants]),
    )


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"“{field}” is missing or is not a text.", path=field)
    return value
