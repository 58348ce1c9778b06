"""When a public page cannot be shown: people get a card in their language where programs would get JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from hourglass.kernel import HourglassError
from hourglass.web.tracking import cards
from hourglass.web.tracking.asker import language
from hourglass.web.tracking.page import respond

PUBLIC = frozenset("cptuv")
"""How addresses of public pages begin."""
_Answer = Callable[[Request[Any, Any, Any], Any], Response[Any]]
_say = structlog.get_logger(__name__)


def nowhere(request: Request[Any, Any, Any], status: int = 404) -> Response[str]:
    """There is no such page; links are cut when they are copied."""
    return respond(cards.lost(language(request)), status)


def _show_error(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    status = error.status if isinstance(error, HourglassError) else getattr(error, "status_code", 500)
    if status < 500:
        return nowhere(request, status)
    _say.error("public_page_failed", page=request.url.path[:3], exc_info=error)
    page = respond(cards.trouble(language(request)), status)
    page.headers["Retry-After"] = "60"
    return page


ON_PUBLIC_PAGES: dict[int | type[Exception], _Answer] = dict.fromkeys(
    (HourglassError, ValidationException, HTTPException, Exception), _show_error
)
"""Each kind by name: what the application says to programs about it does not count here."""
