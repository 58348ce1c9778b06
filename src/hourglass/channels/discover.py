"""Finds the channel plug-ins: every folder under plugins/channels that has a manifest."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from hourglass.channels.manifest import Manifest
from hourglass.channels.sender import Sender
from hourglass.kernel import Malformed

_FAMILY = "hourglass.plugins.channels"


@cache
def discover() -> Mapping[str, Manifest]:
    """All manifests by plug-in name; nothing heavy is imported."""
    folders = [found.name for found in pkgutil.iter_modules(import_module(_FAMILY).__path__) if found.ispkg]
    manifests = [import_module(f"{_FAMILY}.{folder}.manifest").MANIFEST for folder in sorted(folders)]
    return {manifest.name: manifest for manifest in manifests}


def open_sender(manifest: Manifest, options: Mapping[str, Any]) -> Sender:
    """Load the plug-in and open it with its settings. Raises Malformed naming the wrong setting."""
    try:
        settings = msgspec.convert(options, manifest.settings, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(f"Settings of the channel “{manifest.name}”: {error}.", path=manifest.name) from error
    module, function = manifest.open.split(":")
    opened: Sender = getattr(import_module(module), function)(settings)
    return opened
