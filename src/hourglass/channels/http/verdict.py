"""What a status of HTTP says about a message: surely not taken, refused for good, or nobody knows."""

from __future__ import annotations

from hourglass.channels.http.answer import Answer
from hourglass.channels.receipt import Outcome, Receipt

# The account, the key or the address of the API is wrong: no fault of the message, and nothing else would pass either.
_OUR_SETTINGS = frozenset((401, 402, 403, 404, 405, 407, 421))
_LATER = frozenset((408, 423, 425))


def verdict(answer: Answer, detail: str = "", *, invalid_address: bool = False) -> Receipt:
    """The receipt for one message after an answer that is no success.

    429 with a time to come back is about the provider as a whole, without one about this message. 503 says that it was
    not taken; any other 5xx leaves that open.
    """
    wait = answer.wait()
    return Receipt(
        outcome=_outcome(answer.status, wait),
        detail=detail or answer.sentence(),
        invalid_address=invalid_address and _outcome(answer.status, wait) is Outcome.REFUSED_PERMANENT,
        retry_after=wait,
    )


def _outcome(status: int, wait: float | None) -> Outcome:
    if status in _OUR_SETTINGS or 300 <= status < 400 or status == 503:
        return Outcome.UNREACHABLE
    if status == 429:
        return Outcome.REFUSED_TEMPORARY if wait is None else Outcome.UNREACHABLE
    if status in _LATER:
        return Outcome.REFUSED_TEMPORARY
    return Outcome.UNKNOWN if status >= 500 or status < 200 else Outcome.REFUSED_PERMANENT
