"""Finds the connectors: every folder under plugins/connectors that has a manifest."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct

from hourglass.channels import load
from hourglass.connectors.audience import AudienceConnector
from hourglass.connectors.manifest import ConnectorManifest

_FAMILY = "hourglass.plugins.connectors"


@cache
def discover_connectors() -> Mapping[str, ConnectorManifest]:
    """All manifests by plug-in name; nothing heavy is imported."""
    folders = [found.name for found in pkgutil.iter_modules(import_module(_FAMILY).__path__) if found.ispkg]
    manifests = [import_module(f"{_FAMILY}.{folder}.manifest").MANIFEST for folder in sorted(folders)]
    return {manifest.name: manifest for manifest in manifests}


def open_connector(manifest: ConnectorManifest, settings: Struct) -> AudienceConnector:
    """Load the plug-in and open it. Raises Malformed when its settings cannot be right together."""
    opened: AudienceConnector = load(manifest.open)(settings)
    return opened
