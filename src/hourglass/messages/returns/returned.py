"""What a returned mail said about one message of ours."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.channels import FeedbackKind, Sort


class Returned(Struct, frozen=True, kw_only=True):
    """One piece of news. `sort` is None for a complaint; `said` is the other side's sentence, without addresses."""

    workspace_id: int
    message_id: int
    kind: FeedbackKind
    sort: Sort | None = None
    status: str = ""
    said: str = ""
    at: datetime

    @property
    def permanent(self) -> bool:
        """Whether nothing should be sent to this address any more."""
        return self.kind is FeedbackKind.COMPLAINED or self.sort is Sort.NO_MAILBOX

    @property
    def alarming(self) -> bool:
        """Whether it is about us as a sender: somebody has to look."""
        return self.sort is Sort.POLICY

    @property
    def silent(self) -> bool:
        """Whether nothing happened to the message: a delay, an answer from a holiday."""
        return self.sort in (Sort.DELAYED, Sort.AUTO_REPLY)


class Stranger(Struct, frozen=True):
    """A mail that is not about any message of ours, and why we think so."""

    why: str
