"""The kind `channel`: which plug-in carries the messages of a channel, with its settings; several stand in an order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from msgspec import Struct

from hourglass.channels.discover import discover
from hourglass.channels.fate import Fate, read_fate
from hourglass.channels.limits import Limits, limits_schema, read_limits
from hourglass.channels.manifest import Manifest
from hourglass.channels.options import options_schema, read_options
from hourglass.definitions import Document, Doubt, Kind
from hourglass.kernel import Malformed, Permission, WorkspaceId, secret_names
from hourglass.postgres import Transaction
from hourglass.secrets import list_secrets

_FIELDS = {"kind", "key", "name", "description", "state", "plugin", "settings", "order", "limits", "unknown"}
_FURTHEST = 1000


class ChannelDocument(Struct, frozen=True, kw_only=True):
    """A document as it was read. `settings` are the plug-in's own struct."""

    key: str
    name: str
    order: int
    """Those with the lowest number are asked first; equal ones by key."""
    manifest: Manifest
    settings: Struct
    fate: Fate = "leave"
    """`unknown` of the document: what becomes of a message when nobody knows whether the provider got it."""
    limits: Limits | None = None


def read_channel(document: Mapping[str, Any], find: Callable[[str], str | None] = lambda name: name) -> ChannelDocument:
    """A document to a channel; `find` gives the text of a secret. Raises Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(f"A channel has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0])
    manifest = named_plugin(document.get("plugin"))
    options: object = document.get("settings", {})
    order = document.get("order", 0)
    if not isinstance(options, Mapping):
        raise Malformed("Settings are an object: {setting: value}.", path="settings")
    if not isinstance(order, int) or isinstance(order, bool) or not -_FURTHEST <= order <= _FURTHEST:
        raise Malformed("The order is a whole number; the lowest is asked first.", path="order")
    try:
        settings = read_options(manifest, cast("Mapping[str, Any]", options), find)
    except Malformed as error:
        raise Malformed(error.sentence, path=f"settings.{error.path}" if error.path else "settings") from error
    key = str(document["key"])
    return ChannelDocument(
        key=key,
        name=str(document.get("name") or key),
        order=order,
        manifest=manifest,
        settings=settings,
        fate=read_fate(document.get("unknown", "leave"), manifest),
        limits=read_limits(document.get("limits")),
    )


def named_plugin(name: object) -> Manifest:
    """The plug-in of that name. Raises Malformed listing the known ones."""
    found = discover().get(name) if isinstance(name, str) else None
    if found is None:
        raise Malformed(f"There is no plug-in “{name}”; known: {', '.join(discover())}.", path="plugin")
    return found


def channel_schema() -> Document:
    """JSON Schema of the documents: one alternative for each plug-in."""
    plain = {"kind": {"const": "channel"}, "key": {"type": "string"}, "name": {"type": "string"},
             "description": {"type": "string"}, "state": {"enum": ["draft", "live", "paused", "archived"]},
             "order": {"type": "integer", "minimum": -_FURTHEST, "maximum": _FURTHEST},
             "limits": limits_schema(), "unknown": {"enum": ["leave", "retry", "assume_sent"]}}  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "channel",
        "oneOf": [
            {"type": "object", "title": manifest.words["en"], "required": ["plugin"], "additionalProperties": False,
             "properties": {**plain, "plugin": {"const": manifest.name}, "settings": options_schema(manifest)}}
            for manifest in discover().values()
        ],
    }  # fmt: skip


def _doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """A secret may be set after the document, in another place than the one where documents are written."""
    known = [line.name for line in list_secrets(tx, workspace_id)]
    missing = [
        Doubt(path="settings", message=f"Nobody has set the secret “{name}” yet: hourglass secrets set {name}")
        for name in sorted(set(secret_names(document.get("settings"))) - set(known))
    ]
    return [*missing, *_deaf(document)]


def _deaf(document: Document) -> list[Doubt]:
    proof = named_plugin(document.get("plugin")).proof
    options: Document = document.get("settings") or {}
    if proof is None or options.get(proof):
        return []
    message = f"Without `{proof}` no webhook is believed, so nobody hears of bounces and complaints."
    return [Doubt(path=f"settings.{proof}", message=message)]


CHANNEL = Kind(
    name="channel", read=read_channel, doubts=_doubts, schemas={"channel": channel_schema}, needs=Permission.OWN
)
