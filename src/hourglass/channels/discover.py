"""Finds the channel plug-ins: every folder under plugins/channels that has a manifest."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

from hourglass.channels.manifest import Manifest
from hourglass.channels.options import state_options
from hourglass.channels.sender import Sender

_FAMILY = "hourglass.plugins.channels"


@cache
def discover() -> Mapping[str, Manifest]:
    """All manifests by plug-in name; nothing heavy is imported."""
    folders = [found.name for found in pkgutil.iter_modules(import_module(_FAMILY).__path__) if found.ispkg]
    manifests = [import_module(f"{_FAMILY}.{folder}.manifest").MANIFEST for folder in sorted(folders)]
    return {manifest.name: manifest for manifest in manifests}


def open_sender(manifest: Manifest, options: Mapping[str, Any]) -> Sender:
    """Load the plug-in and open it as the environment states its settings. Raises Malformed naming the wrong one."""
    return open_with(manifest, state_options(manifest, options))


def open_with(manifest: Manifest, settings: Struct) -> Sender:
    """Load the plug-in and open it with its own settings. Raises Malformed when they cannot be right together."""
    opened: Sender = load(manifest.open)(settings)
    return opened


def load(place: str) -> Callable[..., Any]:
    """What a manifest names by `module:function`."""
    module, function = place.split(":")
    return getattr(import_module(module), function)
