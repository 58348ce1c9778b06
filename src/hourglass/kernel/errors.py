"""One tree of errors; each carries what the edge needs to answer: a status, whether to retry, and the place."""

from __future__ import annotations

from typing import Any, ClassVar


class HourglassError(Exception):
    """Something a person or a client should hear about, in a sentence that says what to do."""

    status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False

    def __init__(self, sentence: str, *, path: str | None = None, **more: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path
        self.more = more

    def body(self) -> dict[str, Any]:
        """The error body of the HTTP contract: `{"error": ..., "path": ...}`."""
        place = {} if self.path is None else {"path": self.path}
        return {"error": self.sentence, **place, **self.more}


class Malformed(HourglassError):
    """The input cannot be understood; `path` says where."""

    status = 400


class Unauthorised(HourglassError):
    """No key, or one we do not know."""

    status = 401


class Forbidden(HourglassError):
    """Known, but not allowed to do this."""

    status = 403


class NotFound(HourglassError):
    """There is no such thing in this workspace."""

    status = 404


class Conflict(HourglassError):
    """Someone else changed it first."""

    status = 409


class TooLarge(HourglassError):
    """Over a stated limit."""

    status = 413


class TooMany(HourglassError):
    """Over a rate; come back after `retry_after` seconds."""

    status = 429
    retryable = True


class Unavailable(HourglassError):
    """Nothing more can be stored safely right now; nothing accepted was lost."""

    status = 503
    retryable = True
