"""What the admin API offers, as OpenAPI: the framework's document, and for each endpoint who may use it."""

from __future__ import annotations

from typing import Any

from litestar import Litestar
from litestar.routes import HTTPRoute

from hourglass.kernel import Permission, who_may
from hourglass.web.auth.guard import needs

_KEY = {"type": "http", "scheme": "bearer", "description": "An admin key: `hourglass keys create admin`."}


def say_who_may(app: Litestar) -> dict[str, Any]:
    """The document; `x-permission` and `x-roles` say what an endpoint asks for."""
    document = app.openapi_schema.to_schema()
    document.setdefault("components", {})["securitySchemes"] = {"key": _KEY}
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        told = document["paths"].get(route.path_format, {})
        for handler in route.route_handlers:
            for method in handler.http_methods & {name.upper() for name in told}:
                _describe(told[method.lower()], needs(handler))
    return document


def _describe(operation: dict[str, Any], needed: Permission | None) -> None:
    if needed is None or needed is Permission.ANYBODY:
        return
    roles = who_may(needed)
    text = f"{operation.get('description', '')}\n\nOpen to: {', '.join(roles)}."
    operation |= {
        "description": text.strip(),
        "x-permission": needed.value,
        "x-roles": roles,
        "security": [{"key": []}],
    }
