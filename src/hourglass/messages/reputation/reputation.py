"""How many people complain: the rate over a week, what it means, and which campaigns are to be stopped for it.

Gmail and Yahoo ask to stay below 0.1 % and never to reach 0.3 % (their sender guidelines of 2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("reputation.sql"))
WARNING, PAUSE = 0.001, 0.003
WINDOW = timedelta(days=7)
# One angry person among three hundred is no verdict yet.
_FEW_FOR_WARNING, _FEW_FOR_PAUSE = 2, 5
State = Literal["good", "warning", "pause"]


class Reputation(Struct, frozen=True, kw_only=True):
    """Marketing mail of a week: what left, who complained, and the rate between 0 and 1."""

    sent: int
    complaints: int
    rate: float
    state: State
    words: dict[str, str]


class Returns(Struct, frozen=True, kw_only=True):
    """What came back from one domain: `kind` bounced or complained, `sort` of a bounce, the last words."""

    kind: str
    sort: str
    domain: str
    count: int
    last_at: datetime
    said: str


def reputation_of(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> Reputation:
    """The last seven days of one workspace."""
    place = {"workspace_id": workspace_id, "since": now - WINDOW, "now": now}
    complaints: int = _queries.scalar(tx, "complaints", **place) or 0
    sent: int = _queries.scalar(tx, "sent", **place) or 0
    return judged(sent, complaints)


def judged(sent: int, complaints: int) -> Reputation:
    """What these numbers mean."""
    rate = complaints / sent if sent else 0.0
    state: State = "good"
    if rate >= PAUSE and complaints >= _FEW_FOR_PAUSE:
        state = "pause"
    elif rate >= WARNING and complaints >= _FEW_FOR_WARNING:
        state = "warning"
    return Reputation(sent=sent, complaints=complaints, rate=rate, state=state, words=_words(state, rate, complaints))


def sends_to_stop(tx: Transaction, workspace_id: WorkspaceId, send_ids: Sequence[int]) -> list[int]:
    """Which of these campaigns on their way must pause, by what their own recipients say."""
    if not send_ids:
        return []
    rows = _queries.tuples(tx, "complaints_of_sends", workspace_id=workspace_id, ids=list(send_ids), few=_FEW_FOR_PAUSE)
    return [send_id for send_id, complaints, sent in rows if judged(sent, complaints).state == "pause"]


def what_came_back(tx: Transaction, workspace_id: WorkspaceId, since: datetime, limit: int = 100) -> list[Returns]:
    """By sort and domain, the most frequent first."""
    return _queries.rows(tx, "bounces", Returns, workspace_id=workspace_id, since=since, limit=limit)


def _words(state: State, rate: float, complaints: int) -> dict[str, str]:
    share, number = f"{rate:.2%}", f"{complaints:,}"
    russian = share.replace(".", ",").replace("%", " %")
    match state:
        case "good":
            return {"en": f"Few people complain ({share}).", "ru": f"Жалоб мало ({russian})."}
        case "warning":
            return {
                "en": f"{share} of the mails were reported as spam ({number}). Below 0.1 % is good; at 0.3 % campaigns "
                "pause.",
                "ru": f"На спам пожаловались в {russian} писем ({number}). Хорошо — меньше 0,1 %, при 0,3 % рассылки "
                "встают.",
            }
        case "pause":
            return {
                "en": f"{share} of the mails were reported as spam ({number}). Campaigns pause, before Gmail and Yahoo "
                "refuse all mail of the shop. Write only to those who asked for it lately.",
                "ru": f"На спам пожаловались в {russian} писем ({number}). Рассылки остановлены, пока Gmail и Yahoo не "
                "закрыли магазину почту. Пишите только тем, кто недавно подписался.",
            }
