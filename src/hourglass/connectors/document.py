"""The kind `connector`: which plug-in, with which settings, and what people must have said yes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from msgspec import Struct

from hourglass.channels import options_schema, read_options
from hourglass.connectors.discover import discover_connectors
from hourglass.connectors.manifest import ConnectorManifest
from hourglass.definitions import Document, Doubt, Kind
from hourglass.kernel import Malformed, Permission, WorkspaceId, secret_names
from hourglass.postgres import Transaction
from hourglass.secrets import list_secrets

_FIELDS = {"kind", "key", "name", "description", "state", "plugin", "settings", "consent"}


class Connector(Struct, frozen=True, kw_only=True):
    """A document as it was read. `settings` are the plug-in's own struct."""

    key: str
    name: str
    manifest: ConnectorManifest
    settings: Struct
    channel: str
    """Of the consent that is asked for before somebody is told to the other system."""
    topic: str


def read_connector(document: Mapping[str, Any], find: Callable[[str], str | None] = lambda name: name) -> Connector:
    """A document to a connector; `find` gives the text of a secret. Raises Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        known = ", ".join(sorted(_FIELDS))
        raise Malformed(f"A connector has no field “{strange[0]}”; known: {known}.", path=strange[0])
    manifest = discover_connectors().get(str(document.get("plugin")))
    if manifest is None:
        known = ", ".join(discover_connectors())
        raise Malformed(f"There is no connector plug-in “{document.get('plugin')}”; known: {known}.", path="plugin")
    options: object = document.get("settings", {})
    if not isinstance(options, Mapping):
        raise Malformed("Settings are an object: {setting: value}.", path="settings")
    try:
        settings = read_options(manifest, cast("Mapping[str, Any]", options), find)
    except Malformed as error:
        raise Malformed(error.sentence, path=f"settings.{error.path}" if error.path else "settings") from error
    channel, topic = _consent(document.get("consent"))
    key = str(document["key"])
    name = str(document.get("name") or key)
    return Connector(key=key, name=name, manifest=manifest, settings=settings, channel=channel, topic=topic)


def _consent(value: object) -> tuple[str, str]:
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    channel, topic = told.get("channel"), told.get("topic")
    if set(told) != {"channel", "topic"} or not isinstance(channel, str) or not isinstance(topic, str):
        raise Malformed(
            "Say which yes of a person allows telling them to the other system: consent: {channel: ads, topic: ads}.",
            path="consent",
        )
    return channel, topic


def _doubts(tx: Transaction, workspace_id: WorkspaceId, document: Document) -> list[Doubt]:
    """A secret may be set after the document."""
    known = [line.name for line in list_secrets(tx, workspace_id)]
    return [
        Doubt(path="settings", message=f"Nobody has set the secret “{name}” yet: hourglass secrets set {name}")
        for name in sorted(set(secret_names(document.get("settings"))) - set(known))
    ]


def _schema() -> Document:
    """JSON Schema of the documents: one alternative for each plug-in."""
    texts = {name: {"type": "string"} for name in ("key", "name", "description")}
    consent = {
        "type": "object",
        "required": ["channel", "topic"],
        "additionalProperties": False,
        "properties": {"channel": {"type": "string"}, "topic": {"type": "string"}},
    }
    states = {"enum": ["draft", "live", "paused", "archived"]}
    plain = {"kind": {"const": "connector"}, **texts, "state": states, "consent": consent}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "connector",
        "oneOf": [
            {
                "type": "object",
                "title": one.words["en"],
                "required": ["plugin", "consent"],
                "additionalProperties": False,
                "properties": {**plain, "plugin": {"const": one.name}, "settings": options_schema(one)},
            }
            for one in discover_connectors().values()
        ],
    }


CONNECTOR = Kind(
    name="connector", read=read_connector, doubts=_doubts, schemas={"connector": _schema}, needs=Permission.OWN
)
