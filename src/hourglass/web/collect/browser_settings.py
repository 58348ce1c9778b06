"""The settings a browser SDK fetches before it starts: where to send, and nothing else switched on."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from hourglass.kernel import Settings
from hourglass.web.collect.request import Request

_PATH: Final = re.compile(r"/v1/projects/([^/]{1,200})/settings")


def asked_for(path: str) -> str | None:
    """The write key whose settings are asked for; None for any other address."""
    match = _PATH.fullmatch(path)
    return match[1] if match else None


def browser_settings(key: str, settings: Settings, request: Request, scope: Any) -> bytes:
    """What @segment/analytics-next takes from its CDN; events go to the server that answered."""
    if settings.public_url:
        address = urlsplit(settings.public_url)
        scheme, host = address.scheme, address.netloc + address.path.rstrip("/")
    else:
        scheme = scope["scheme"]
        host = (request.host or f"{settings.host}:{settings.port}".encode()).decode("latin-1")
    sender = {"apiKey": key, "apiHost": f"{host}/v1", "protocol": scheme}
    return msgspec.json.encode({
        "integrations": {"Segment.io": sender},
        "plan": {"track": {"__default": {"enabled": True}}, "identify": {"__default": {"enabled": True}}},
        "edgeFunction": {},
        "legacyVideoPluginsEnabled": False,
        "remotePlugins": [],
        "metrics": {"sampleRate": 0},
    })  # fmt: skip
