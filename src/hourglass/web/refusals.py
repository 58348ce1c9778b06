"""Every error as the answer `{"error", "path"?}`: ours, the framework's, what cannot be stored, and faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from psycopg import DataError, errors

from hourglass.kernel import HourglassError, digest

_say = structlog.get_logger(__name__)
_Request = Request[Any, Any, Any]
_UNSTORABLE = (errors.NumericValueOutOfRange, errors.UntranslatableCharacter, errors.CharacterNotInRepertoire)


def _say_ours(_request: _Request, error: HourglassError) -> Response[Any]:
    headers = {"Retry-After": "1"} if error.retryable else {}
    return Response(error.body(), status_code=error.status, headers=headers)


def _say_invalid(_request: _Request, error: ValidationException) -> Response[Any]:
    """The framework's list of mistakes as our one sentence with its place."""
    mistakes = cast("list[dict[str, Any]]", error.extra) if isinstance(error.extra, list) else []
    if not mistakes:
        return Response({"error": error.detail}, status_code=400)
    first = mistakes[0]
    return Response({"error": str(first.get("message")), "path": str(first.get("key", ""))}, status_code=400)


def _say_theirs(request: _Request, error: HTTPException) -> Response[Any]:
    if error.status_code >= 500:
        return _say_nothing(request, error)
    return Response({"error": error.detail}, status_code=error.status_code, headers=error.headers)


def _say_nothing(request: _Request, error: Exception) -> Response[Any]:
    """A fault of ours: the log has the trace, the client has a number to quote."""
    fault = digest(repr(error)).hex[:8]
    _say.error("request_failed", fault=fault, path=_place(request), exc_info=error)
    sentence = f"Something went wrong on our side (fault {fault}); the server's log says what."
    return Response({"error": sentence}, status_code=500)


def _say_unstorable(request: _Request, error: DataError) -> Response[Any]:
    """PostgreSQL's refusal of a value is the client's mistake; of our statement, ours."""
    if type(error) is not DataError and not isinstance(error, _UNSTORABLE):
        return _say_nothing(request, error)
    sentence = "This holds something that cannot be stored: a number that is too large, or a character that is none."
    return Response({"error": sentence}, status_code=400)


def _say_half_character(request: _Request, error: UnicodeEncodeError) -> Response[Any]:
    if error.reason != "surrogates not allowed":
        return _say_nothing(request, error)
    sentence = "This holds half a character (a lone surrogate), which cannot be stored."
    return Response({"error": sentence}, status_code=400)


def _say_too_deep(request: _Request, error: RecursionError) -> Response[Any]:
    _say.warning("request_too_deep", path=_place(request), exc_info=error)
    return Response({"error": "This is nested too deeply to be read."}, status_code=400)


def _place(request: _Request) -> str:
    """The address as it is declared: what stands in its place may be a person, or open a door."""
    return str(cast("dict[str, Any]", request.scope).get("path_template", "unknown"))


REFUSALS: dict[int | type[Exception], Callable[[_Request, Any], Response[Any]]] = {
    HourglassError: _say_ours,
    ValidationException: _say_invalid,
    HTTPException: _say_theirs,
    DataError: _say_unstorable,
    UnicodeEncodeError: _say_half_character,
    RecursionError: _say_too_deep,
    Exception: _say_nothing,
}
