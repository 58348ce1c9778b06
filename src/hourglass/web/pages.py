"""The admin page: the built files, and index.html for every address that is the page's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.static_files import create_static_files_router  # pyright: ignore[reportUnknownVariableType]
from litestar.types import ControllerRouterHandler

from hourglass.kernel import Permission
from hourglass.web.tracking.trouble import PUBLIC, nowhere

STATIC = Path(__file__).with_name("static")
_MISSING = """<!doctype html><meta charset="utf-8"><title>Hourglass</title>
<body style="font:16px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem">
<h1>Hourglass is running</h1><p>The admin page is not built yet. Run <code>make ui</code> and load this page again;
the API works already: <a href="/api/openapi.json">/api/openapi.json</a>.</p>"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_NOT_PAGES = ("/api", "/v1", "/assets")


def page_handlers() -> list[ControllerRouterHandler]:
    """Routes of the page."""
    handlers: list[ControllerRouterHandler] = [_index, _page]
    if (STATIC / "assets").is_dir():
        handlers.append(
            create_static_files_router(
                path="/assets",
                directories=[STATIC / "assets"],
                cache_control=None,
                include_in_schema=False,
                opt={"needs": Permission.ANYBODY},
            )
        )
    return handlers


@get("/", needs=Permission.ANYBODY, include_in_schema=False, sync_to_thread=True)
def _index() -> Response[str]:
    return _html()


@get("/{rest:path}", needs=Permission.ANYBODY, include_in_schema=False, sync_to_thread=True)
def _page(request: Request[Any, Any, Any], rest: FromPath[str]) -> Response[Any]:
    """Addresses like /people/12 are the page's own; files at the top (the icon) are served; the rest is not here."""
    path = request.url.path
    if path.split("/")[1] in PUBLIC:
        return nowhere(request)
    file = (STATIC / rest.lstrip("/")).resolve()
    if file.is_file() and file.is_relative_to(STATIC.resolve()):
        kind = "image/svg+xml" if file.suffix == ".svg" else "application/octet-stream"
        return Response(file.read_bytes(), media_type=kind)
    if path.startswith(_NOT_PAGES) or "." in path.rsplit("/", 1)[-1]:
        raise NotFoundException(f"There is nothing at {path}.")
    return _html()


def _html() -> Response[str]:
    index = STATIC / "index.html"
    text = index.read_text(encoding="utf-8") if index.is_file() else _MISSING
    return Response(text, media_type=MediaType.HTML, headers=_HEADERS)
